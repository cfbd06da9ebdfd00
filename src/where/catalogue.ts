/** The fields that an expression can ask for, as a tree of sections: `opening.connectTime` is a field in a section. */
import { type Field, NO_PHRASES } from '../fields/field.js';

/** Thrown for an unknown value; CEL's `&&` and `||` treat it as neither true nor false. */
export const UNKNOWN = new Error('not known');

export interface Section<Row> {
  readonly path: string;
  readonly fields: Map<string, Field<Row>>;
  readonly sections: Map<string, Section<Row>>;
}

export function sectionsOf<Row>(fields: readonly Field<Row>[]): Section<Row> {
  const root = newSection<Row>('');
  for (const field of fields) {
    const names = field.path.split('.');
    const last = names.pop() ?? '';
    let section = root;
    for (const name of names) {
      let next = section.sections.get(name);
      if (next === undefined) {
        next = newSection(section.path === '' ? name : `${section.path}.${name}`);
        section.sections.set(name, next);
      }
      section = next;
    }
    section.fields.set(last, field);
  }
  return root;
}

function newSection<Row>(path: string): Section<Row> {
  return { path, fields: new Map(), sections: new Map() };
}

/** What CEL gets of a row: an object of the section, whose values are looked up when they are asked for. */
export type View<Row> = new (holder: Holder<Row>) => object;

/** The row that views look at. */
export interface Holder<Row> {
  row: Row;
  /** A field was asked for that the row does not have yet. */
  uncertain: boolean;
}

/** Paths of the fields that rows have yet; null where they have all. */
export type Certain = ReadonlySet<string> | null;

/** The class of views of a section, and those of the sections in it by their path. */
export function viewOf<Row>(
  section: Section<Row>,
  classes: Map<string, View<Row>>,
  certain: Certain,
): View<Row> {
  class SectionView {
    constructor(readonly holder: Holder<Row>) {}
  }
  for (const [name, field] of section.fields) {
    Object.defineProperty(SectionView.prototype, name, {
      enumerable: true,
      get(this: SectionView) {
        return celValue(field, this.holder, certain);
      },
    });
  }
  for (const [name, inner] of section.sections) {
    const Inner = viewOf(inner, classes, certain);
    const views = new WeakMap<Holder<Row>, object>();
    Object.defineProperty(SectionView.prototype, name, {
      enumerable: true,
      get(this: SectionView) {
        let view = views.get(this.holder);
        if (view === undefined) {
          view = new Inner(this.holder);
          views.set(this.holder, view);
        }
        return view;
      },
    });
  }
  classes.set(section.path, SectionView);
  return SectionView;
}

function celValue<Row>(
  field: Field<Row>,
  holder: Holder<Row>,
  certain: Certain,
): string | number | boolean | Date {
  if (certain !== null && !certain.has(field.path)) {
    holder.uncertain = true;
    throw UNKNOWN;
  }
  const value = field.value(holder.row, NO_PHRASES);
  if (value === null) throw UNKNOWN;
  return typeof value === 'object' ? new Date(value.seconds * 1000 + value.nanoseconds / 1e6) : value;
}

/** Whether a field, or anything in a section, has a value. */
export function isKnown<Row>(root: Section<Row>, path: string, row: Row): boolean {
  let section = root;
  for (const name of path.split('.')) {
    const field = section.fields.get(name);
    if (field !== undefined) return field.value(row, NO_PHRASES) !== null;
    const next = section.sections.get(name);
    if (next === undefined) return false;
    section = next;
  }
  return anyKnown(section, row);
}

function anyKnown<Row>(section: Section<Row>, row: Row): boolean {
  for (const field of section.fields.values()) if (field.value(row, NO_PHRASES) !== null) return true;
  for (const inner of section.sections.values()) if (anyKnown(inner, row)) return true;
  return false;
}

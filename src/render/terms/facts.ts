/** What is shown of a term next to its text: sources, commands, names. */
import { findCommand, KIND_SOURCES } from '../../explain/terms/facts.js';
import { type Term, termsOf } from '../../explain/terms/lookup.js';
import type { TermKind, TermLabels } from '../../explain/terms/names.js';
import { scenarioCommand } from '../../explain/terms/scenarios.js';

/** Letters of history as both sides write them. */
export function shownName({ kind, name }: Term): string {
  return kind === 'history' && /[A-Z]/.test(name) ? `${name}, ${name.toLowerCase()}` : name;
}

const EXACT: Partial<Record<TermKind, string>> = { connState: 'conn_state' };

/** What asks for this meaning alone. */
export function exactWords(term: Term): string {
  const alone = termsOf(term.name);
  return alone.length === 1 ? term.name : `${EXACT[term.kind] ?? term.kind} ${term.name}`;
}

/** What shows the term: a demo, and how it is found in a capture of one's own. */
export function commandsOf({ kind, name, facts }: Term): string[] {
  const scenario = scenarioCommand(facts.see ?? []);
  const find = findCommand(kind, name, facts);
  return [scenario, find].filter((command) => command !== null);
}

/** `RFC 9293, section 3.5, Figure 6; RFC 6528, section 3`. */
export function sourceText({ kind, facts }: Term, labels: TermLabels): string {
  const places = new Map<string, string[]>();
  for (const source of facts.rfc ?? []) {
    const space = source.indexOf(' ');
    const number = source.slice(0, space);
    places.set(number, [...(places.get(number) ?? []), source.slice(space + 1)]);
  }
  const rfcs = [...places].map(([number, each]) => `RFC ${number}, ${placesText(each, labels)}`);
  const other = KIND_SOURCES[kind];
  return [...rfcs, ...(other === null ? [] : [other])].join('; ');
}

function placesText(places: readonly string[], labels: TermLabels): string {
  const sections = places.filter((place) => /^\d/.test(place));
  const others = places.filter((place) => !/^\d/.test(place));
  const word = sections.length > 1 ? labels.sections : labels.section;
  return [
    ...(sections.length > 0 ? [`${word} ${sections.join(', ')}`] : []),
    ...others.map((place) => place.replace(/^Figure/, labels.figure)),
  ].join(', ');
}

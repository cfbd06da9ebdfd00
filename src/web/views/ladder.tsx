/** The ladder of a connection: the same picture as `--format svg`, as a list of segments that can be chosen. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import { ladderSvg } from '../../render/svg/ladder.js';
import type { ConnectionReport } from '../../verdict/report.js';

interface Props {
  report: ConnectionReport;
  chosen: number | null;
  select(packet: number): void;
  /** How large it is, in hundredths of what fits. */
  zoom: number;
  /** Called with the packets that are drawn, in their order. */
  drawn(packets: readonly number[]): void;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Of the widest picture (render/svg/geometry.ts). */
const MARGIN = 24;

export function Ladder({ report, chosen, select, zoom, drawn }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const frame = element.parentElement ?? element;
    const watch = new ResizeObserver(() => setWidth(widthOf(frame.clientWidth)));
    watch.observe(frame);
    setWidth(widthOf(frame.clientWidth));
    return () => watch.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || width === 0) return;
    const picture = drawing(report, width);
    element.replaceChildren(picture);
    drawn(
      rowsIn(picture)
        .map(packetOf)
        .sort((a, b) => a - b),
    );
  }, [report, width]);

  useLayoutEffect(() => {
    const picture = box.current?.querySelector('svg');
    if (picture === null || picture === undefined) return;
    mark(picture, chosen);
  }, [chosen, width, report]);

  useEffect(() => {
    const click = ({ target }: Event): void => {
      const row = target instanceof Element ? target.closest('g.row') : null;
      if (row !== null) select(packetOf(row));
    };
    box.current?.addEventListener('click', click);
    return () => box.current?.removeEventListener('click', click);
  });
  return (
    <div class="ladder">
      <div ref={box} style={{ width: `${zoom}%` }} />
    </div>
  );
}

/** Whole pixels, so that a scroll bar does not lay everything out again and again. */
function widthOf(room: number): number {
  return Math.max(288, Math.min(920, Math.floor(room / 4) * 4));
}

/**
 * The picture as elements. It is parsed as XML, where nothing runs; its own colors are left out, as the page has its own,
 * and its title, which the page has above.
 */
function drawing(report: ConnectionReport, width: number): Element {
  const text = ladderSvg(report, { width, theme: 'auto', file: null, absolute: false, caveat: null });
  // names from a capture are escaped in it: this can only be the picture's own sheet
  const plain = text.replace(/<style>[^<]*<\/style>/, '');
  const parsed = new DOMParser().parseFromString(plain, 'image/svg+xml').documentElement;
  const picture = document.importNode(parsed, true);
  for (const part of picture.querySelectorAll(':scope > title, :scope > desc')) part.remove();
  crop(picture);
  for (const name of ['aria-labelledby', 'width', 'height']) picture.removeAttribute(name);
  picture.setAttribute('role', 'listbox');
  picture.setAttribute('aria-label', phrases.SEGMENTS_LIST);
  for (const row of rowsIn(picture)) {
    const title = row.querySelector('title');
    row.setAttribute('role', 'option');
    row.setAttribute('aria-description', title?.textContent ?? '');
    row.setAttribute('aria-selected', 'false');
    row.setAttribute('tabindex', '-1');
    // as a tip it would cover what it explains
    title?.remove();
  }
  for (const part of picture.children) if (!part.matches('g.row')) part.setAttribute('aria-hidden', 'true');
  return picture;
}

/** Cuts off title and subtitle, down to the names of the ends, and the facts at the foot: the page has them above. */
function crop(picture: Element): void {
  // a line of the title may be the same word, in another size
  const texts = [...picture.querySelectorAll(':scope > text[font-size="13"]')];
  const names = texts.find((text) => text.textContent === phrases.LADDER_HEADS.client);
  const top = Math.max(0, Number(names?.getAttribute('y') ?? 0) - 20);
  const [, , width = 0, height = 0] = (picture.getAttribute('viewBox') ?? '').split(' ').map(Number);
  let bottom = height;
  for (let last = picture.lastElementChild; last !== null && isFact(last); last = picture.lastElementChild) {
    bottom = Math.min(bottom, Number(last.getAttribute('y')) - 12);
    last.remove();
  }
  picture.setAttribute('viewBox', `0 ${top} ${width} ${bottom - top}`);
}

/** At the left margin, where nothing else ends a picture. */
function isFact(element: Element): boolean {
  return element.matches('text.soft[font-size="12"]') && Number(element.getAttribute('x')) <= MARGIN;
}

function rowsIn(picture: Element): Element[] {
  return [...picture.querySelectorAll('g.row')];
}

function packetOf(row: Element): number {
  return Number(row.getAttribute('data-packet'));
}

/** Marks the row of a packet, or the last before it where it is in a fold, and brings it into sight. */
function mark(picture: Element, packet: number | null): void {
  const hadFocus = picture.contains(document.activeElement);
  picture.querySelector('.chosen')?.remove();
  const rows = rowsIn(picture);
  const row = packet === null ? undefined : rowOf(rows, packet);
  for (const each of rows) {
    each.setAttribute('aria-selected', String(each === row));
    each.setAttribute('tabindex', each === (row ?? rows[0]) ? '0' : '-1');
  }
  if (!(row instanceof SVGGraphicsElement)) return;
  const { y, height } = row.getBBox();
  const band = document.createElementNS(SVG, 'g');
  band.setAttribute('class', 'chosen');
  band.setAttribute('aria-hidden', 'true');
  const ground = document.createElementNS(SVG, 'rect');
  const edge = document.createElementNS(SVG, 'rect');
  for (const [element, width] of [
    [ground, '100%'],
    [edge, '3'],
  ] as const) {
    element.setAttribute('y', String(y - 4));
    element.setAttribute('height', String(height + 8));
    element.setAttribute('width', width);
  }
  ground.setAttribute('class', 'band');
  edge.setAttribute('class', 'open');
  band.append(ground, edge);
  const paper = picture.querySelector(':scope > rect.paper');
  if (paper === null) picture.prepend(band);
  else paper.after(band);
  if (hadFocus) row.focus({ preventScroll: true });
  const section = document.getElementById('connection')?.getBoundingClientRect();
  // who reads something else is not moved
  if (section !== undefined && section.top < innerHeight && section.bottom > 0) showRow(row);
}

/** The chosen row, once the ladder is drawn. */
export function chosenRow(): Element | null {
  return document.querySelector('.ladder g.row[aria-selected="true"]');
}

/** The row of a packet, or the last before it. ICMP errors come behind all segments in the picture. */
function rowOf(rows: readonly Element[], packet: number): Element | undefined {
  const before = rows.filter((row) => packetOf(row) <= packet);
  return before.sort((a, b) => packetOf(a) - packetOf(b)).at(-1);
}

/** Scrolls a row into sight: below the bar of the page, and above what covers the lower half of a phone. */
export function showRow(row: Element): void {
  const { top, bottom } = row.getBoundingClientRect();
  const end = innerHeight * (innerWidth < 600 ? 0.5 : 1);
  if (top < 100 || bottom > end) scrollBy({ top: top - end / 2 });
}

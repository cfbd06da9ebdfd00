/** The ladder of a connection: the same picture as `--format svg`, as a list of segments that can be chosen. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OpenFolds } from '../../render/picture/open-folds.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { ladderPicture, packetOf, rowsIn } from './ladder-picture.js';
import { usePictureWidth } from './picture-width.js';

export interface Drawn {
  /** In their order; of a fold its first. */
  packets: readonly number[];
  folds: number;
}

interface Props {
  report: ConnectionReport;
  chosen: number | null;
  select(packet: number): void;
  /** How large it is, in hundredths of what fits. */
  zoom: number;
  drawn(drawn: Drawn): void;
  /** Folds that are shown segment by segment, and how to show another so. */
  open: OpenFolds;
  unfold(range: readonly [number, number]): void;
}

const SVG = 'http://www.w3.org/2000/svg';

export function Ladder({ report, chosen, select, zoom, drawn, open, unfold }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = usePictureWidth(box);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || width === 0) return;
    const picture = ladderPicture(report, width, open);
    element.replaceChildren(picture);
    drawn({
      packets: rowsIn(picture)
        .map(packetOf)
        .sort((a, b) => a - b),
      folds: picture.querySelectorAll('g.fold').length,
    });
  }, [report, width, open]);

  useLayoutEffect(() => {
    const picture = box.current?.querySelector('svg');
    if (picture === null || picture === undefined) return;
    mark(picture, chosen);
  }, [chosen, width, report, open]);

  useEffect(() => {
    const element = box.current;
    const rowAt = ({ target }: Event): Element | null =>
      target instanceof Element ? target.closest('g.row, g.fold') : null;
    const click = (event: Event): void => {
      const row = rowAt(event);
      if (row === null) return;
      select(packetOf(row));
      if (row.matches('.fold')) unfold(rangeOf(row));
    };
    const key = (event: KeyboardEvent): void => {
      const row = rowAt(event);
      if (event.key !== 'Enter' || row?.matches('.fold') !== true) return;
      event.preventDefault();
      unfold(rangeOf(row));
    };
    element?.addEventListener('click', click);
    element?.addEventListener('keydown', key);
    return () => {
      element?.removeEventListener('click', click);
      element?.removeEventListener('keydown', key);
    };
  });
  return (
    <div class="ladder">
      <div ref={box} style={{ width: `${zoom}%` }} />
    </div>
  );
}

function rangeOf(fold: Element): readonly [number, number] {
  return [packetOf(fold), Number(fold.getAttribute('data-to'))];
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
  // does not scroll away from what is being read
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

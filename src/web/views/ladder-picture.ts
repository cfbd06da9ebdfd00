/** Pictures of ladders as elements of the page. */
import { phrases } from '../../explain/phrases.js';
import type { OpenFolds } from '../../render/picture/open-folds.js';
import { ladderSvg } from '../../render/svg/ladder.js';
import { udpSvg } from '../../render/svg/udp-ladder.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';

/** Of the widest picture (render/svg/geometry.ts). */
const MARGIN = 24;

/** The rows can be chosen, one of them at a time. */
export function ladderPicture(report: ConnectionReport, width: number, open: OpenFolds): Element {
  const picture = elementsOf(ladderSvg(report, { ...PLAIN, width, absolute: false, open }));
  picture.setAttribute('role', 'listbox');
  picture.setAttribute('aria-label', phrases.SEGMENTS_LIST);
  for (const row of rowsIn(picture)) {
    const title = row.querySelector('title');
    row.setAttribute('role', 'option');
    row.setAttribute('aria-description', title?.textContent ?? phrases.UNFOLD);
    row.setAttribute('aria-selected', 'false');
    row.setAttribute('tabindex', '-1');
    // as a tip it would cover what it explains
    title?.remove();
  }
  for (const part of picture.children)
    if (!part.matches('g.row, g.fold')) part.setAttribute('aria-hidden', 'true');
  return picture;
}

/** Of a UDP flow: to be looked at alone. */
export function flowPicture(flow: UdpFlowReport, width: number): Element {
  const picture = elementsOf(udpSvg(flow, { ...PLAIN, width }));
  picture.setAttribute('aria-label', phrases.flowHeadline(flow));
  return picture;
}

const PLAIN = { theme: 'auto', file: null, caveat: null } as const;

/**
 * A picture as elements. It is parsed as XML, where nothing runs; its own colors are left out, as the page has its own,
 * and its title, which the page has above.
 */
function elementsOf(svg: string): Element {
  // names from a capture are escaped in it: this can only be the style sheet of the picture
  const plain = svg.replace(/<style>[^<]*<\/style>/, '');
  const parsed = new DOMParser().parseFromString(plain, 'image/svg+xml').documentElement;
  const picture = document.importNode(parsed, true);
  for (const part of picture.querySelectorAll(':scope > title, :scope > desc')) part.remove();
  crop(picture);
  for (const name of ['aria-labelledby', 'width', 'height']) picture.removeAttribute(name);
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

/** Segments, ICMP errors and folds. */
export function rowsIn(picture: Element): Element[] {
  return [...picture.querySelectorAll('g.row, g.fold')];
}

/** Of a fold, its first. */
export function packetOf(row: Element): number {
  return Number(row.getAttribute('data-packet'));
}

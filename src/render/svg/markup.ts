/** SVG as text: elements whose attributes and contents are escaped here and nowhere else. */
import { escapeText } from '../../escape.js';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `children` are markup already: elements, or text that went through `text`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const parts = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : text(value)}"`],
  );
  const open = `<${name}${parts.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

/** What XML does not allow, or reads as markup. */
export function text(value: string): string {
  return escapeText(value)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A tenth of a pixel is enough. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** `M1 2L3 4`: a path along points. */
export function line(...points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
}

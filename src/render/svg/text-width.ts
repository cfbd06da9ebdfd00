/** How wide text is in Arial, which the other fonts of pictures are close to: to wrap it and to keep labels apart. */

/** Thousandths of the font size: characters of that width. */
const WIDTHS: readonly (readonly [number, string])[] = [
  [200, "'ijl|"],
  [278, ' !,./:;[]\\It'],
  [333, '()-`rf'],
  [355, '"'],
  [389, '*{}'],
  [500, 'Jckvxyszv'],
  [584, '+<=>~^'],
  [611, 'FTZ'],
  [667, '&ABEKPSVXY'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'Mm'],
  [889, '%'],
  [944, 'W'],
  [1015, '@'],
];
/** Of every other character: digits, most small letters; those beyond ASCII may be as wide as they are high. */
const USUAL = 556;
const WIDEST = 1000;
const BOLD = 1.07;

const BY_CODE = new Map<number, number>();
for (const [width, characters] of WIDTHS)
  for (const character of characters) BY_CODE.set(character.charCodeAt(0), width);

/** In pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    sum += code < 0x250 ? (BY_CODE.get(code) ?? USUAL) : code > 0x2e7f ? WIDEST : USUAL;
  }
  return (sum / 1000) * size * (bold ? BOLD : 1);
}

/** Lines of at most `width` pixels; a longer word is broken. */
export function wrapText(text: string, size: number, width: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => pieces(part, size, width, bold))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}

function pieces(word: string, size: number, width: number, bold: boolean): string[] {
  const result: string[] = [];
  let rest = word;
  while (textWidth(rest, size, bold) > width && rest.length > 1) {
    let length = Math.max(1, Math.floor((rest.length * width) / textWidth(rest, size, bold)));
    while (length > 1 && textWidth(rest.slice(0, length), size, bold) > width) length--;
    result.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...result, rest];
}

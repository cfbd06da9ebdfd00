/** Packet numbers in a sentence, to be linked to their segments. */
import { phrases } from '../../explain/phrases.js';

export type Piece = string | { packet: number };

export function linkedPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (piece: Piece): void => {
    if (piece !== '') pieces.push(piece);
  };
  for (const match of text.matchAll(phrases.PACKET_NUMBERS)) {
    const numbers = match[1] ?? match[2] ?? '';
    let at = match.index + match[0].length - numbers.length;
    for (const number of numbers.matchAll(/\d+/g)) {
      add(text.slice(from, at + number.index));
      add({ packet: Number(number[0]) });
      from = at + number.index + number[0].length;
    }
    at = match.index + match[0].length;
    from = Math.max(from, at);
  }
  add(text.slice(from));
  return pieces;
}

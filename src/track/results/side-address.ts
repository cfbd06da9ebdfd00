/** The address of one side of a connection as text. */
import { addressText } from '../../decode/address.js';
import type { LocatedFacts } from './snapshot.js';

export function sideAddress(
  { version, words }: Pick<LocatedFacts, 'version' | 'words'>,
  side: number,
): string {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words.subarray(side * 4, side * 4 + 4);
  return addressText(version, w0, w1, w2, w3);
}

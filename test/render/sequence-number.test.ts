/** Which relative numbers are shown, and which are shown raw, as in the header. */
import { describe, expect, it } from 'vitest';
import { numberText } from '../../src/render/sequence-number.js';

const GIB = 2 ** 30;

describe('a number', () => {
  it.each([
    ['of the SYN', 0, 6000, 0, '0'],
    ['behind the FIN', 102, 6102, 100, '102'],
    ['ahead by the largest window', GIB + 102, 7, 100, `${GIB + 102}`],
    ['further ahead', GIB + 103, 7, 100, '7 (raw)'],
    ['before the first', 2 ** 32 - 1, 5999, 100, '5999 (raw)'],
    ['behind 2 GiB that were sent', 2 * GIB + 1, 6000, 2 * GIB, `${2 * GIB + 1}`],
    ['of the last of 4 GiB', 4 * GIB - 1, 5999, 4 * GIB, `${4 * GIB - 1}`],
    ['wrapped after 4 GiB', 1, 6000, 4 * GIB, '1'],
    ['0 that was sent', 102, 0, 100, '102'],
    ['0 that was not sent', 103, 0, 100, '0 (raw)'],
    ['0 of a host that sent only this', 1, 0, 0, '1'],
  ])('%s', (_, relative, raw, sent, text) => {
    expect(numberText(relative, raw, sent, false)).toBe(text);
    expect(numberText(relative, raw, sent, true)).toBe(`${raw}`);
  });
});

/** Fields of a connection's record: they do not overlap, and all lie within it. */
import { expect, it } from 'vitest';
import {
  CONNECTION_DOUBLES,
  CONNECTION_INTS,
  END_WORDS,
  ENDPOINT_DOUBLES,
  ENDPOINT_INTS,
  ENDS,
  WORDS,
} from '../../src/track/memory/connection.js';

it('each word of a record has one field at most', () => {
  const taken = new Map<number, string>();
  const take = (name: string, word: number): void => {
    expect(word).toBeLessThan(WORDS);
    expect(taken.get(word), `${name} and another at ${word}`).toBeUndefined();
    taken.set(word, name);
  };
  const takeAll = (whose: string, at: number, ints: object, doubles: object): void => {
    for (const [name, word] of Object.entries(ints)) take(`${whose} ${name}`, at + Number(word));
    for (const [name, word] of Object.entries(doubles)) {
      expect((at + Number(word)) % 2, name).toBe(0);
      take(`${whose} ${name}`, at + Number(word));
      take(`${whose} ${name}, second half`, at + Number(word) + 1);
    }
  };
  takeAll('connection', 0, CONNECTION_INTS, CONNECTION_DOUBLES);
  for (const side of [0, 1]) takeAll(`end ${side}`, ENDS + side * END_WORDS, ENDPOINT_INTS, ENDPOINT_DOUBLES);
});

/** Text from outside cannot drive a terminal, nor hide in it. */
import { expect, it } from 'vitest';
import { escapeText } from '../src/escape.js';

it.each([
  ['plain ü 中 text', 'plain ü 中 text'],
  ['a\nb\rc\td', 'a\\nb\\rc\\td'],
  ['\u001b[31m', '\\x1b[31m'],
  ['\u007f\u009b', '\\x7f\\x9b'],
  // bidirectional
  ['\u061c\u200e\u202e\u2066', '\\u061c\\u200e\\u202e\\u2066'],
  // no width
  ['a\u200b\u200d\u2060\u00ad\ufeffb', 'a\\u200b\\u200d\\u2060\\xad\\ufeffb'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  // tags, which are beyond 16 bits
  ['\u{e0041}', '\\u{e0041}'],
  ['\ud800', '\\ud800'],
])('%j', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped);
});

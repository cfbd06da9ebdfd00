/** Text from outside, as it is printed: nothing that controls a terminal, reorders a line or is invisible. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, jsonText } from '../src/escape.js';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('escapeText', () => {
  it.each([
    ['line breaks and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['control characters', '\u0000\u001b[2J\u007f\u009b', '\\x00\\x1b[2J\\x7f\\x9b'],
    ['bidirectional overrides and isolates', '\u202eabc\u2066\u061c', '\\u202eabc\\u2066\\u061c'],
    ['zero width', 'a\u200b\u200c\u200d\u2060\ufeffb', 'a\\u200b\\u200c\\u200d\\u2060\\ufeffb'],
    ['soft hyphens, fillers, variation selectors', '\u00ad\u115f\u3164\ufe0f', '\\xad\\u115f\\u3164\\ufe0f'],
    ['tags', '\u{e0001}\u{e007f}', '\\u{e0001}\\u{e007f}'],
    ['half a surrogate pair', 'x\ud800y', 'x\\ud800y'],
  ])('%s', (_, text, escaped) => expect(escapeText(text)).toBe(escaped));

  it('does not change visible text', () => {
    const text = 'eth0 – Größe 100 % 東京 العربية 😀 e\u0301';
    expect(escapeText(text)).toBe(text);
  });

  it('leaves nothing invisible', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !UNSEEN.test(escapeText(text))));
  });
});

describe('jsonText', () => {
  it('parses to the same, with nothing invisible', () => {
    fc.assert(
      fc.property(fc.record({ text: fc.string({ unit: 'binary' }) }), (value) => {
        const text = jsonText(value);
        expect(text).not.toMatch(UNSEEN);
        expect(JSON.parse(text)).toEqual(value);
      }),
    );
    expect(jsonText({ name: 'a\u202e\u{e0041}' })).toBe('{"name":"a\\u202e\\udb40\\udc41"}');
  });
});

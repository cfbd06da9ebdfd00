/** Errors are kinds with values: each has its English sentence, with its values, and no other place has one. */
import { describe, expect, it } from 'vitest';
import { COMMON_ERRORS, ERRORS } from '../../src/error-kinds/all.js';
import * as capturing from '../../src/error-kinds/capturing.js';
import * as demo from '../../src/error-kinds/demo.js';
import * as expression from '../../src/error-kinds/expression.js';
import * as reading from '../../src/error-kinds/reading.js';
import { CODES } from '../../src/error-kinds/reading.js';
import * as usage from '../../src/error-kinds/usage.js';
import * as writing from '../../src/error-kinds/writing.js';
import { CaptureError, UserError } from '../../src/errors.js';
import { useLanguage } from '../../src/explain/languages.js';
import { ENGLISH, phrases } from '../../src/explain/phrases.js';
import { errorSamples } from '../error-samples.js';
import { errorTexts } from './error-texts.js';

describe('errors', () => {
  it('are all there', () => {
    expect(new Set(errorSamples().map(({ kind }) => kind))).toEqual(new Set(Object.keys(ERRORS)));
  });

  it.each(errorSamples())('$kind: a sentence with each of its numbers and texts', (values) => {
    const text = [ENGLISH.errorText(values), ENGLISH.errorHint(values)].join('\n');
    for (const [name, value] of Object.entries(values)) {
      const isWord = Array.isArray(Reflect.get(ERRORS[values.kind], name));
      if (name !== 'kind' && !isWord && (typeof value === 'number' || typeof value === 'string'))
        expect(text).toContain(String(value));
    }
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('have their message in English, whatever language is in use', async () => {
    await useLanguage('pt-BR');
    try {
      const error = new CaptureError('a.pcap', { kind: 'no-such-file' });
      expect(error).toMatchObject({
        name: 'CaptureError',
        code: 'not-found',
        kind: 'no-such-file',
        values: { kind: 'no-such-file' },
        message: 'a.pcap: no such file',
        reason: 'no such file',
        hint: null,
      });
      expect(phrases.thrownText(error)).toEqual({ message: 'a.pcap: não existe esse arquivo', hint: null });
    } finally {
      await useLanguage('en');
    }
  });

  it('say what to do of the cause within them, and of a text what was given with it', () => {
    const within = new UserError({ kind: 'of-file', path: 'x', why: { kind: 'no-place' } });
    expect(within.hint).toMatch(/^Give each its place: /);
    expect(new UserError({ kind: 'part-twice', part: 7 }, 'a hint').hint).toBe('a hint');
    const notes = [{ kind: 'losses-unknown' }, { kind: 'dumpcap-late' }] as const;
    const down = new UserError({ kind: 'interface-down', name: 'x', command: 'up', notes });
    expect(down.hint?.split('\n')).toEqual(['up', ...notes.map((note) => ENGLISH.errorText(note))]);
    const alone = new UserError({ kind: 'interface-down', name: 'x', command: null, notes: [] });
    expect(alone.hint).toBe(null);
    expect(phrases.thrownText(new UserError('text', 'hint'))).toEqual({ message: 'text', hint: 'hint' });
    expect(phrases.thrownText(new Error('text'))).toEqual({ message: 'text', hint: null });
  });

  it('of standard input name it in the language', async () => {
    const error = new CaptureError('standard input', { kind: 'empty' });
    await useLanguage('pt-BR');
    expect(phrases.thrownText(error).message).toMatch(/^entrada padrão: está vazio/);
    await useLanguage('en');
    expect(phrases.thrownText(error).message).toBe(error.message);
  });

  it('are nowhere made as a text', () => {
    const texts = errorTexts().map(({ text }) => text);
    // a command is the same in all languages
    expect(texts.filter((text) => text.includes(' ') && !text.startsWith('  synfin '))).toEqual([
      // of a caller's stream, as its fault
      'a capture stream must yield bytes',
      // a name, which each language says
      'the output stream',
      // libpcap's own words
      'No such device exists',
      // of zlib
      'incorrect header check',
    ]);
  });

  it('have a kind that no other list of kinds has', () => {
    const lists = Object.values({ ...reading, ...writing, ...capturing, ...demo, ...expression, ...usage });
    const kinds = [COMMON_ERRORS, ...lists.filter((list) => list !== CODES)].flatMap(Object.keys);
    expect(kinds.length).toBe(new Set(kinds).size);
    expect(kinds.sort()).toEqual(Object.keys(ERRORS).sort());
  });
});

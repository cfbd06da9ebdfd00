/** Errors, in Portuguese: none is left in English, wherever it is thrown. */
import { expect, it } from 'vitest';
import { usageError } from '../../src/explain/pt-BR/argument-errors.js';
import { messageText } from '../../src/explain/pt-BR/message-words.js';
import { BANNED } from './banned.js';
import { errorTexts } from './error-texts.js';

/** Words that Portuguese does not have, outside of options, commands and names. */
const ENGLISH =
  /(?<![\p{L}\d./_-])(?:the|from|with|and|of|is|are|was|were|not|by|to|it|its|on|in|at|this|that|there|which|needs?|goes|cannot|file|files|only|more|than|here|with|without|given?|has|have|be|been|lists?|writes?|reads?|first|then|install|packets?)(?![\p{L}\d/_-])/u;
/** Commands, which stay. */
const COMMANDS =
  /^ *(?:synfin|npm|sudo|ip|docker) [^;]*$|(?:npm install|npm rebuild|brew install)[ \w@.-]*|sudo sysctl .*/gm;

it('advice of several lines has each of them in Portuguese', () => {
  const advice = [
    'libpcap was skipped: none',
    "tcpdump was skipped: lo: You don't",
    'dumpcap was skipped: no',
  ];
  expect(messageText(advice.join('\n'))).toBe(
    advice.map((line) => line.replace('was skipped', 'foi deixado de lado')).join('\n'),
  );
});

it('every error has its sentence in Portuguese', () => {
  const texts = errorTexts();
  expect(texts.length).toBeGreaterThan(150);
  const left = texts
    .map(({ thrown, where, text }) => ({
      where,
      text,
      said: thrown === 'InvalidArgumentError' ? usageError(text) : messageText(text),
    }))
    .filter(({ said }) => ENGLISH.test(said.replaceAll(COMMANDS, '')) || BANNED.test(said));
  expect(left.map(({ where, text, said }) => `${where}: ${text}\n  ${said}`)).toEqual([]);
});

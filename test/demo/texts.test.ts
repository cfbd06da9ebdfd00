/** Texts of demos: the compiler checks that none is missing in a language, this test that none is left in English. */
import { afterEach, describe, expect, it } from 'vitest';
import { findScenario, formatStep, runScenario, SCENARIOS, scenarioText } from '../../src/demo/scenarios.js';
import { demoTexts, useDemoTexts } from '../../src/explain/demo-texts.js';
import { demoTexts as english } from '../../src/explain/en/demo-texts.js';
import { demoTexts as portuguese } from '../../src/explain/pt-BR/demo-texts.js';
import { BANNED } from '../explain/banned.js';
import { runCli } from '../run-cli.js';

/** Words that Portuguese does not have. */
const ENGLISH =
  /(?<![\p{L}\d./_-])(?:the|from|with|and|of|is|was|not|by|to|has|have|come|packets?|clients?|servers?|connections?|closed?|closes|open|sent|sends?|first|only|answers?|after|window)(?![\p{L}\d/_-])/u;
const FAILURE = { doing: 'send', protocol: 'TCP', host: '10.0.0.1', port: 80, where: '10.0.0.1:80' } as const;

afterEach(() => useDemoTexts('en'));

function checkPortuguese(text: string): void {
  expect(text.replace(/synfin tcp server/g, '')).not.toMatch(ENGLISH);
  expect(text).not.toMatch(BANNED);
  expect(text).not.toMatch(/undefined|NaN/);
}

describe('the demos in Portuguese', () => {
  it('name every scenario, and a list of them fits 80 columns', async () => {
    await useDemoTexts('pt-BR');
    for (const scenario of SCENARIOS) {
      const { title, expect: expectation } = scenarioText(scenario);
      checkPortuguese(title);
      checkPortuguese(expectation);
      expect(title.length, title).toBeLessThanOrEqual(59);
      expect(title.endsWith(' (root)')).toBe(
        english.scenarios[scenario.name].title.endsWith(' (root)') && scenario.needs !== undefined,
      );
    }
    const { stdout } = await runCli(['demo', '--list', '--lang', 'pt-BR']);
    expect(stdout).toContain('Uma mensagem e seu eco; o cliente encerra primeiro');
    expect((await runCli(['demo', 'udp', '--list', '--lang', 'pt-BR'])).stdout).toContain('Um diz, todos');
  });

  it('translate every step', () => {
    const values = [7, 6, 5] as const;
    for (const name of Object.keys(english.steps)) {
      if (name === 'datagramCame') continue;
      const say = (texts: object): string => Reflect.get(texts, name)(...values);
      checkPortuguese(say(portuguese.steps));
      if (name !== 'bytesCame' && name !== 'sends' && name !== 'line')
        expect(say(portuguese.steps), name).not.toBe(say(english.steps));
    }
  });

  it('translate the output of programs, and hints for network errors', () => {
    for (const name of Object.keys(english.programs)) {
      const say = (texts: object): string => Reflect.get(texts, name)('here', 5, 'there');
      checkPortuguese(
        name === 'fromAfter' ? portuguese.programs.fromAfter('x', 5.25) : say(portuguese.programs),
      );
    }
    for (const fail of Object.values(portuguese.failures))
      for (const text of fail(FAILURE)) if (text !== null) checkPortuguese(text);
  });

  it.each([
    ['tcp', 'simple', "  cliente     socket.on('connect')             aberta, porta "],
    ['tcp', 'refused', "  cliente     socket.on('error')               ECONNREFUSED: chegou um RST"],
    ['tcp', 'many', "  servidor 3  server.on('connection')          o ACK chegou: aberta aqui também"],
    ['udp', 'simple', '  servidor    socket.send(data, …)             devolve o datagrama'],
  ] as const)('%s %s', async (protocol, name, line) => {
    await useDemoTexts('pt-BR');
    const lines: string[] = [];
    await runScenario(findScenario(protocol, name), {
      host: '127.0.0.1',
      signal: new AbortController().signal,
      log: (step) => lines.push(...formatStep(step).split('\n')),
    });
    expect(
      lines.some((each) => each.startsWith(line)),
      lines.join('\n'),
    ).toBe(true);
    for (const each of lines) expect(each.length, each).toBeLessThanOrEqual(80);
    expect(demoTexts.roles.client).toBe('cliente');
  });
});

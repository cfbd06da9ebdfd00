/** Every scenario of cases/ (parse.ts says how to write one), and those of bugs/, which must still fail. */
import { describe, expect, it } from 'vitest';
import { bugs, cases, runScenario } from './scenario.js';

describe('scenarios', () => {
  it.each(cases())('$name', async ({ text }) => {
    const { problems } = await runScenario(text);
    expect(problems).toEqual([]);
  });
});

// each file's first line says what is wrong; once it passes, it belongs in cases/
for (const { name, text } of bugs()) {
  it.fails(`known bug: ${name}`, async () => {
    const { problems } = await runScenario(text);
    expect(problems).toEqual([]);
  });
}

/** docs/findings.md, compared with the findings of all recordings and scenarios, and with the sources. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingSentence } from '../../src/explain/en/finding-sentences.js';
import { CODES } from '../../src/track/memory/codes.js';
import { PATTERN_CODES } from '../../src/verdict/catalogue.js';
import { DROPS_WEAKEN } from '../../src/verdict/losses.js';
import { readableCaptures } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';
import { cases, runScenario } from '../scenario/scenario.js';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCUMENT = resolve(ROOT, 'docs/findings.md');

interface Example {
  code: string;
  severity: string;
  text: string;
  file: string;
}

interface Results {
  findings: Omit<Example, 'file'>[];
}

const examples = new Map<string, Example>();

function add(example: Example): void {
  if (!examples.has(example.code)) examples.set(example.code, example);
}

async function fromCapture(file: string): Promise<void> {
  const { stdout } = await runCli(['analyze', file, '--format', 'json']);
  const { connections, udpFlows } = JSON.parse(stdout) as { connections: Results[]; udpFlows: Results[] };
  for (const { findings } of [...connections, ...udpFlows]) {
    for (const finding of findings) add({ ...finding, file });
  }
}

async function fromScenario(name: string, text: string): Promise<void> {
  const { connections } = await runScenario(text);
  for (const report of connections) {
    for (const finding of report.findings) {
      const { code, severity } = finding;
      add({
        code,
        severity,
        text: findingSentence(finding, report),
        file: `test/scenario/cases/${name}.scn`,
      });
    }
  }
}

/** Wireshark's and our codes of segments first, in their order. */
function order(code: string): string {
  const index = (CODES as readonly string[]).indexOf(code);
  return index < 0 ? `b${code}` : `a${String(index).padStart(2, '0')}`;
}

function table(): string {
  const rows = [...examples.values()]
    .sort((a, b) => (order(a.code) < order(b.code) ? -1 : 1))
    .map(({ code, severity, text, file }) => {
      const name = file
        .replace(/^(fixtures|captures)\//, '')
        .replace(/^test\/scenario\/cases\//, 'scenario ');
      return `| \`${code}\` | ${severity} | ${text} | [${name}](../${file}) |\n`;
    });
  return `| code | severity | for example | seen in |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

describe('docs/findings.md', () => {
  beforeAll(async () => {
    for (const file of readableCaptures()) await fromCapture(file);
    for (const { name, text } of cases()) await fromScenario(name, text);
  }, 120_000);

  it('lists each code that was found (UPDATE_GOLDENS=1 renews it)', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const start = text.indexOf('| code |');
    const written = (start < 0 ? text : text.slice(0, start)) + table();
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(DOCUMENT, written);
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(written);
  });

  it('describes each pattern', () => {
    const [patterns = ''] = readFileSync(DOCUMENT, 'utf8').split('## Codes');
    for (const code of Object.keys(PATTERN_CODES)) expect(patterns).toContain(`\`${code}\``);
  });

  it('has an example of each code that the sources make', () => {
    const sources = ['src/track', 'src/verdict'].flatMap((folder) =>
      readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .filter((name) => !['scans.ts', 'floods.ts', 'health-checks.ts'].includes(name))
        .map((name) => readFileSync(resolve(ROOT, folder, name), 'utf8')),
    );
    const made = sources.flatMap((source) =>
      [...source.matchAll(/(?:\.find\(|remark\(focus, |code: )'([a-z-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(made.length).toBeGreaterThan(15);
    // no recording of the project lost packets: it is described above the table
    const [above = ''] = readFileSync(DOCUMENT, 'utf8').split('## Patterns');
    expect(above).toContain(`\`${DROPS_WEAKEN.code}\``);
    const without = [...CODES, ...made].filter((code) => !examples.has(code));
    expect(without).toEqual([DROPS_WEAKEN.code]);
  });
});

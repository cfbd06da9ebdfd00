/** The command line in this process, on files of an input, and the checks of each run. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentShape, lineShapes } from '../test/cli/contract.js';
import { type Run, runCli } from '../test/run-cli.js';
import { expectThat } from './target.js';
import { expectClean, expectMeant } from './text.js';

export function written(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The content of a file, which is then removed; null where it was not written. */
export function taken(path: string): Buffer | null {
  try {
    const bytes = readFileSync(path);
    rmSync(path);
    return bytes;
  } catch {
    return null;
  }
}

/** Runs a command; its exit code is one of those documented, its words fit a terminal. */
export async function run(argv: readonly string[], colors = false): Promise<Run> {
  const result = await runCli(argv);
  const { code, stderr } = result;
  const what = argv.slice(0, 6).join(' ');
  expectThat([0, 2, 3].includes(code), () => `${what}: exit code ${code}: ${stderr}`);
  expectThat(code === 0 || stderr !== '', () => `${what}: exit code ${code} without a word`);
  expectClean(stderr, `${what}: standard error`, colors);
  return result;
}

/** Checks the output of a format; returns its objects (json: those of ndjson, in the order of lines sorted). */
export function objectsOf(format: string, stdout: string): string[] {
  if (format === 'json') {
    const document = JSON.parse(stdout);
    expectShape(documentShape(document, ''));
    const { capture, connections, udpFlows } = document;
    const of = (type: string) => (object: object) => JSON.stringify({ type, ...object });
    return [of('capture')(capture), ...connections.map(of('connection')), ...udpFlows.map(of('udpFlow'))];
  }
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const object = JSON.parse(line);
      const shape = lineShapes[object.type];
      expectThat(shape !== undefined, () => `a line of type ${object.type}`);
      expectShape(shape(object, object.type));
      return JSON.stringify(object);
    });
}

function expectShape(problems: readonly string[]): void {
  expectThat(problems.length === 0, () => problems.slice(0, 5).join('\n'));
}

/** Rows of a table in CSV, its head left out: a newline within quotes ends none. */
export function csvRows(text: string): number {
  let rows = -1;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === '\n' && !quoted) rows++;
  }
  expectThat(!quoted && (text === '' || text.endsWith('\n')), () => 'CSV that does not end');
  return rows;
}

/** Checks text for people. */
export function expectText(text: string, what: string, colors = false): void {
  expectClean(text, what, colors);
  expectMeant(text, what);
}

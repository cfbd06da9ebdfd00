/** All formats of one capture agree, and text is safe for a terminal. */
import { someInput } from '../corpus.js';
import { csvRows, expectText, objectsOf, run, written } from '../program.js';
import { generator, type Random } from '../random.js';
import { difference, expectThat, type Target } from '../target.js';

export const renderers: Target = {
  make: (corpus, random) => ({ files: [someInput(corpus, random)], argv: [] }),
  async check({ files: [bytes = Buffer.alloc(0)], choices }, folder) {
    const random = generator(choices);
    const path = written(folder, 'capture', bytes);
    const analyze = (...argv: string[]) => run(['analyze', path, ...argv]);

    const json = await analyze('--format', 'json');
    expectThat((json.code === 2) === (json.stdout === ''), () => `exit code ${json.code} and output`);
    const text = textOptions(random);
    const shown = await run(['analyze', path, ...text], true);
    expectText(shown.stdout, text.join(' '), true);
    expectThat(shown.code === json.code, () => `exit code ${shown.code} of text, ${json.code} of JSON`);
    if (json.code === 2) return 2;

    const objects = objectsOf('json', json.stdout);
    const lines = await analyze('--format', 'ndjson', ...(random.once(2) ? ['--packets'] : []));
    const fromNdjson = objectsOf('ndjson', lines.stdout).filter(
      (line) => !line.startsWith('{"type":"packet"'),
    );
    const [a, b] = [objects.sort().join('\n'), fromNdjson.sort().join('\n')];
    expectThat(a === b, () => `json and ndjson differ ${difference(a, b)}`);

    for (const [table, type] of [
      ['connections', 'connection'],
      ['udp_flows', 'udpFlow'],
    ] as const) {
      const { stdout } = await analyze('--format', 'csv', '--table', table);
      const count = objects.filter((line) => line.startsWith(`{"type":"${type}"`)).length;
      expectThat(csvRows(stdout) === count, () => `${csvRows(stdout)} rows of ${table}, ${count} in JSON`);
    }
    return 5;
  },
};

/** What the text looks like. */
export function textOptions(random: Random): string[] {
  return [
    '--format',
    random.pick(['table', 'ladder']),
    ...(random.once(2) ? ['--width', String(1 + random.below(200))] : []),
    ...(random.once(3) ? ['--absolute-seq'] : []),
    ...(random.once(3) ? ['--ascii'] : []),
    ...(random.once(3) ? ['--color', 'always'] : []),
    ...(random.once(3) ? ['--verbose'] : []),
    ...(random.once(4) ? ['--limit', String(1 + random.below(5))] : []),
  ];
}

/** Parts of a capture: joined they give the result of the whole; damaged ones end in a sentence. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { someCapture, someInput } from '../corpus.js';
import { mutated } from '../mutate.js';
import { expectText, objectsOf, run, taken, written } from '../program.js';
import { generator, type Random } from '../random.js';
import { joined, type Layout, layoutOf } from '../records.js';
import { difference, expectThat, type Target } from '../target.js';

export const parts: Target = {
  make(corpus, random) {
    const another = (): Buffer => someCapture(corpus, random);
    // half of them stay whole captures: only such can be cut
    const whole = random.once(2);
    const bytes = whole ? mutated(another(), random, another, true) : someInput(corpus, random);
    return { files: [bytes], argv: [] };
  },
  async check({ files: [bytes = Buffer.alloc(0)], choices }, folder) {
    const random = generator(choices);
    const path = written(folder, 'capture', bytes);
    const part = `${folder}/whole.part`;
    const format = random.pick(['json', 'ladder', 'ndjson']);
    const whole = await run(['analyze', path, '--format', format, '--partial', part]);
    const made = taken(part);
    if (whole.code === 2 || made === null) return 1;

    written(folder, 'whole.part', made);
    const again = await run(['merge', part, '--format', format]);
    expectThat(again.code === whole.code, () => `exit code ${again.code} merged, ${whole.code} before`);
    const same = again.stdout === whole.stdout;
    expectThat(same, () => `the part says otherwise, ${difference(whole.stdout, again.stdout)}`);

    const layout = layoutOf(bytes);
    // where the clock goes back, copies over the edge of a part are not always known (docs/scale.md)
    const backwards = whole.stderr.includes('the clock goes back');
    const sound = whole.code === 0 && !backwards;
    const cut = layout !== null && layout.format === 'pcap' && layout.records.length > 1 && sound;
    if (cut && random.once(2)) return 2 + (await expectJoined(layout, path, random, folder));
    return 2 + (await expectSentence(made, random, folder));
  },
};

/** The capture in pieces, a part of each. */
async function expectJoined(layout: Layout, path: string, random: Random, folder: string): Promise<number> {
  const { records } = layout;
  const cuts = [1 + random.below(records.length - 1), 1 + random.below(records.length - 1)];
  const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), records.length];
  const made: string[] = [];
  for (const [index, end] of edges.slice(1).entries()) {
    const piece = { ...layout, records: records.slice(edges[index], end) };
    const from = written(folder, 'piece', joined(piece));
    const part = `${folder}/piece-${index}.part`;
    await run(['analyze', from, '--partial', part, '--part', String(index + 1)]);
    made.unshift(part);
  }
  const outputOf = async (...argv: string[]): Promise<string> => {
    const { stdout } = await run([...argv, '--format', 'json']);
    const document = JSON.parse(stdout);
    return JSON.stringify({ ...document, capture: { ...document.capture, files: null } });
  };
  const [a, b] = [await outputOf('analyze', path), await outputOf('merge', ...made)];
  expectThat(a === b, () => `cut at ${cuts}: ${difference(a, b)}`);
  return made.length + 2;
}

/** A damaged part: in what is compressed, or in its compression. */
async function expectSentence(made: Buffer, random: Random, folder: string): Promise<number> {
  const another = (): Buffer => made;
  const inside = !random.once(4);
  const plain = mutated(inside ? gunzipSync(made) : made, random, another);
  const path = written(folder, 'damaged.part', inside ? gzipSync(plain, { level: 1 }) : plain);
  const format = random.pick(['json', 'ndjson', 'table', 'ladder']);
  const { code, stdout } = await run(['merge', path, '--format', format]);
  expectThat((code === 2) === (stdout === ''), () => `exit code ${code} and ${stdout.length} bytes`);
  if (code === 2) return 1;
  if (format === 'json' || format === 'ndjson') objectsOf(format, stdout);
  else expectText(stdout, format);
  return 1;
}

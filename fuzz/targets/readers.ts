/** capture/: the same frames and warnings for any size of reads, and errors of one kind only. */
import { Frame } from '../../src/capture/frame.js';
import { CaptureReader } from '../../src/capture/open.js';
import { CaptureError } from '../../src/errors.js';
import { gunzip } from '../../src/files/gunzip.js';
import { someInput } from '../corpus.js';
import { generator, type Random } from '../random.js';
import { piecesOf, WHOLE } from '../source.js';
import { Broken, difference, expectThat, type Target } from '../target.js';

/** Longer inputs are not read in the smallest pieces, which takes long. */
const BYTEWISE = 600;
const IN_SEVENS = 5000;
const CHUNK = 1 << 13;
/** Bytes of the shortest record of any format. */
const SHORTEST_RECORD = 16;

export const readers: Target = {
  make: (corpus, random) => ({ files: [someInput(corpus, random)], argv: [] }),
  async check({ files: [bytes = Buffer.alloc(0)], choices }) {
    const random = generator(choices);
    const whole = await read(bytes, WHOLE, true);
    const others = manners(bytes.length, random);
    for (const { lengths, direct, chunk } of others) {
      const output = await read(bytes, lengths, direct, chunk);
      expectThat(
        output === whole,
        () => `pieces of ${lengths}, direct ${direct}, chunk ${chunk}: ${difference(whole, output)}`,
      );
    }
    return 1 + others.length;
  },
};

function manners(length: number, random: Random) {
  const lengths = [
    WHOLE,
    [4096],
    [1 + random.below(64), 1 + random.below(600), 1 + random.below(9)],
    ...(length <= IN_SEVENS ? [[7]] : []),
    ...(length <= BYTEWISE ? [[1]] : []),
  ];
  return [
    { lengths: WHOLE, direct: false, chunk: CHUNK },
    ...[0, 1].map(() => ({
      lengths: random.pick(lengths),
      direct: random.once(2),
      chunk: random.pick([CHUNK, 64, 300 + random.below(2000)]),
    })),
  ];
}

/** Each frame and warning, or the error. */
async function read(
  bytes: Buffer,
  lengths: readonly number[],
  direct: boolean,
  chunk = CHUNK,
): Promise<string> {
  const output: string[] = [];
  try {
    const reader = await CaptureReader.from(piecesOf(bytes, lengths, direct), 'x', { chunk, gunzip });
    await readAll(reader, output);
    await reader.close();
    return output.join('\n');
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return [...output, error.message, error.hint].join('\n');
  }
}

async function readAll(reader: CaptureReader, output: string[]): Promise<void> {
  const frame = new Frame();
  let count = 0;
  let before = 0;
  while (await reader.fill()) {
    while (reader.next(frame)) {
      const { number, seconds, nanoseconds, linkType, originalLength, view, offset, capturedLength } = frame;
      count++;
      if (number <= before) throw new Broken(`frame ${number} after ${before}`);
      before = number;
      expectThat(Number.isSafeInteger(seconds), () => `seconds ${seconds}`);
      expectThat(nanoseconds >= 0 && nanoseconds < 1e9, () => `nanoseconds ${nanoseconds}`);
      expectThat(offset + capturedLength <= view.byteLength, () => `frame ${number} lies outside`);
      expectThat(originalLength >= 0, () => `original length ${originalLength}`);
      output.push(`${number} ${seconds} ${nanoseconds} ${linkType} ${originalLength} ${sumOf(frame)}`);
    }
  }
  for (const { code, problem, continued, packet, offset, damage } of reader.warnings)
    output.push(`${code} ${JSON.stringify([problem, continued])} ${packet} ${offset} ${damage}`);
  output.push(`${reader.packets} packets, ${reader.frames} frames, drops ${JSON.stringify(reader.drops)}`);
  expectThat(reader.packets === count, () => `${reader.packets} packets counted, ${count} given`);
  expectThat(count * SHORTEST_RECORD <= reader.bytes, () => `${count} packets in ${reader.bytes} bytes`);
  const damage = reader.warnings.some((warning) => warning.damage);
  expectThat(reader.damaged || !damage, () => 'damage is in the warnings alone');
  expectThat(!reader.damaged || reader.warnings.length > 0, () => 'damage without a word');
}

/** FNV-1a, so that no text as long as the capture is made. */
function sumOf({ view, offset, capturedLength }: Frame): number {
  let sum = 0x811c9dc5;
  for (let at = offset; at < offset + capturedLength; at++)
    sum = Math.imul(sum ^ view.getUint8(at), 0x01000193);
  return sum;
}

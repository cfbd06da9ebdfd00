/** A blob's bytes come whole and in order, whatever pieces the stream gives and whatever room is left. */
import { expect, it } from 'vitest';
import { blobSource } from '../../src/capture/blob.js';

const BYTES = Uint8Array.from({ length: 700_001 }, (_, at) => (at * 31 + (at >> 8)) & 0xff);

/** With a stream of pieces of these lengths, none of which can be read into a buffer. */
function blobInPieces(lengths: readonly number[]): Blob {
  const stream = (): ReadableStream<Uint8Array> => {
    let [at, turn] = [0, 0];
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const length = lengths[turn++ % lengths.length] ?? 1;
        if (at < BYTES.length) controller.enqueue(BYTES.slice(at, at + length));
        at += length;
        if (at >= BYTES.length) controller.close();
      },
    });
  };
  const blob = new Blob([BYTES]);
  Object.defineProperty(blob, 'stream', { value: stream });
  return blob;
}

async function readAll(blob: Blob, room: readonly number[]): Promise<Uint8Array> {
  const source = blobSource(blob);
  const found = new Uint8Array(BYTES.length);
  let [end, turn] = [0, 0];
  for (;;) {
    const into = new Uint8Array(room[turn++ % room.length] ?? 1);
    const count = await source.read(into);
    if (count === 0) break;
    found.set(into.subarray(0, count), end);
    end += count;
    expect(source.taken).toBe(end);
  }
  await source.close();
  expect(end).toBe(source.size);
  return found;
}

it.each([
  ['a byte stream', new Blob([BYTES])],
  ['pieces of one length', blobInPieces([65_536])],
  ['pieces of many lengths, empty ones too', blobInPieces([1, 0, 70_000, 3, 262_144])],
])('%s', async (_name, blob) => {
  for (const room of [[1 << 20], [1000], [7, 100_000, 1], [300_000]])
    expect(Buffer.compare(await readAll(blob, room), BYTES)).toBe(0);
});

it('can be left before its end', async () => {
  for (const blob of [new Blob([BYTES]), blobInPieces([65_536])]) {
    const source = blobSource(blob);
    expect(await source.read(new Uint8Array(10))).toBe(10);
    await source.close();
  }
});

/** tshark, where it is on PATH, finds the same segment in the frames that were built by hand. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { ACKNOWLEDGEMENT, type Bytes, le16, le32, PAYLOAD, SEQUENCE, zeros } from './bytes.js';
import { VARIANTS } from './variants.js';

const run = promisify(execFile);
const tshark = await run('tshark', ['--version']).then(
  () => true,
  () => false,
);
const folder = mkdtempSync(path.join(tmpdir(), 'synfin-peer-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A pcapng file with an interface and a packet for each variant. */
function pcapng(): Uint8Array {
  const blocks: Bytes[] = [
    block(0x0a0d0d0a, [...le32(0x1a2b3c4d), ...le16(1), ...le16(0), ...le32(-1), ...le32(-1)]),
  ];
  for (const { linkType } of VARIANTS) blocks.push(block(1, [...le16(linkType), 0, 0, ...le32(0)]));
  VARIANTS.forEach(({ bytes }, index) => {
    const times = [...le32(0), ...le32(1000 + index)];
    blocks.push(block(6, [...le32(index), ...times, ...le32(bytes.length), ...le32(bytes.length), ...bytes]));
  });
  return Uint8Array.from(blocks.flat());
}

function block(type: number, body: Bytes): Bytes {
  const padded = [...body, ...zeros(-body.length & 3)];
  const length = le32(12 + padded.length);
  return [...le32(type), ...length, ...padded, ...length];
}

test.skipIf(!tshark)('the same segment in each', { timeout: 60_000 }, async () => {
  const file = path.join(folder, 'variants.pcapng');
  writeFileSync(file, pcapng());
  const fields = ['frame.number', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.len', 'tcp.flags', 'tcp.srcport'];
  const args = [
    '-2',
    '-n',
    '-r',
    file,
    '-T',
    'fields',
    '-E',
    'occurrence=l',
    ...fields.flatMap((f) => ['-e', f]),
  ];
  const { stdout } = await run('tshark', args);
  const lines = stdout.split('\n');
  const expected = [SEQUENCE, ACKNOWLEDGEMENT, PAYLOAD.length, '0x0018', 40000].join('\t');
  const missed = VARIANTS.filter((_, index) => lines[index] !== `${index + 1}\t${expected}`);
  expect(missed.map(({ name }) => name)).toEqual(
    VARIANTS.filter(({ tshark }) => tshark !== undefined).map(({ name }) => name),
  );
});

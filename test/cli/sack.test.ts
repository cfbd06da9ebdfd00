/** SACK blocks of `--packets` (RFC 2018): relative, as Wireshark has them, and null where the options were not captured. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

const LOSS = join(ROOT, 'fixtures/kernel/fast-retransmit.pcap');
/** tshark -T fields -e frame.number -e tcp.options.sack_le -e tcp.options.sack_re */
const WIRESHARK = new Map([
  [19, [[306, 406]]],
  [20, [[306, 506]]],
  [21, [[306, 606]]],
  [23, [[306, 706]]],
  [24, [[306, 806]]],
  [25, [[306, 906]]],
  [26, [[306, 1006]]],
]);

async function rowsOf(
  path: string,
  ...more: string[]
): Promise<{ packet: number; sack: number[][] | null }[]> {
  const { stdout } = await runCli([path, '--packets', '--ndjson', ...more]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'packet');
}

/** A pcap in which each packet is cut to a number of bytes. */
function shortened(pcap: Buffer, bytes: number): Buffer {
  const parts = [pcap.subarray(0, 24)];
  for (let at = 24; at < pcap.length; ) {
    const header = Buffer.from(pcap.subarray(at, at + 16));
    const captured = header.readUInt32LE(8);
    header.writeUInt32LE(Math.min(captured, bytes), 8);
    parts.push(header, pcap.subarray(at + 16, at + 16 + Math.min(captured, bytes)));
    at += 16 + captured;
  }
  return Buffer.concat(parts);
}

describe('SACK blocks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'synfin-sack-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those that Wireshark shows', async () => {
    for (const { packet, sack } of await rowsOf(LOSS))
      expect(sack, String(packet)).toEqual(WIRESHARK.get(packet) ?? []);
  });

  it('are not known where the options were cut off', async () => {
    const path = join(folder, 'short.pcap');
    // Ethernet, IPv4 and TCP without options
    writeFileSync(path, shortened(readFileSync(LOSS), 54));
    const rows = await rowsOf(path);
    expect(rows).toHaveLength(31);
    for (const { packet, sack } of rows) expect(sack, String(packet)).toEqual(packet < 3 ? [] : null);
  });

  it('are a column of CSV', async () => {
    const { stdout } = await runCli([LOSS, '--format', 'csv', '--table', 'segments']);
    const [head = '', ...lines] = stdout.trim().split('\n');
    const at = head.split(',').indexOf('sack');
    expect(lines[18]?.split(',')[at]).toBe('306-406');
    expect(lines[17]?.split(',')[at]).toBe('');
  });
});

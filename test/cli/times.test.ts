/** Times in tables: of several days, from row to row, of the local zone, and of years that have more than four digits. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const DAY = 86_400;
const DEMO = readFileSync(resolve(ROOT, 'captures/demo-tcp.pcap'));
const ZONE = process.env.TZ;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-times-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

interface Packet {
  /** Since 1970. */
  seconds: number;
  nanoseconds: number;
  bytes: Buffer;
}

function packetsOf(pcap: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 24; at < pcap.length; ) {
    const length = pcap.readUInt32LE(at + 8);
    packets.push({
      seconds: pcap.readUInt32LE(at),
      nanoseconds: pcap.readUInt32LE(at + 4),
      bytes: pcap.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
  return packets;
}

/** The demo connection, shifted by these numbers of seconds: a file for each. */
function later(...seconds: number[]): string[] {
  return seconds.map((shift) => {
    const path = join(folder, `${shift}.pcap`);
    const moved = Buffer.from(DEMO);
    for (let at = 24; at < moved.length; at += 16 + moved.readUInt32LE(at + 8))
      moved.writeUInt32LE(moved.readUInt32LE(at) + shift, at);
    writeFileSync(path, moved);
    return path;
  });
}

/** The same as pcapng, whose times have 64 bits: begun in a year of five digits. */
function inYear10000(): string {
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(padded.length + 12, 4);
    return Buffer.concat([head, padded, head.subarray(4)]);
  };
  const section = Buffer.alloc(16, 0xff);
  section.writeUInt32LE(0x1a2b3c4d, 0);
  section.writeUInt32LE(1, 4);
  const device = Buffer.alloc(8);
  device.writeUInt16LE(DEMO.readUInt32LE(20), 0);
  const packets = packetsOf(DEMO);
  const shift = 253_402_300_800 - (packets[0]?.seconds ?? 0);
  const blocks = packets.map(({ seconds, nanoseconds, bytes }) => {
    const head = Buffer.alloc(20);
    const micros = BigInt(seconds + shift) * 1_000_000n + BigInt(Math.floor(nanoseconds / 1000));
    head.writeUInt32LE(Number(micros >> 32n), 4);
    head.writeUInt32LE(Number(micros & 0xffff_ffffn), 8);
    head.writeUInt32LE(bytes.length, 12);
    head.writeUInt32LE(bytes.length, 16);
    return block(6, Buffer.concat([head, bytes]));
  });
  const path = join(folder, 'year-10000.pcapng');
  writeFileSync(path, Buffer.concat([block(0x0a0d0d0a, section), block(1, device), ...blocks]));
  return path;
}

async function rows(...options: string[]): Promise<string[]> {
  const { code, stdout } = await runCli(['analyze', ...options]);
  expect(code).toBe(0);
  return stdout.trimEnd().split('\n');
}

/** A column of a table, by where its head begins. */
function column(lines: readonly string[], head: string, next: string): string[] {
  const [first = '', ...rest] = lines;
  const [from, to] = [first.indexOf(head), first.indexOf(next)];
  return rest.map((line) => line.slice(from, to).trim());
}

describe('the start column of a narrow table', () => {
  it.each([
    ['one day', [0, 3600], ['16:51:19', '17:51:19'], 72],
    [
      'one day, without room for what it would make room for',
      [0, 3600],
      ['16:51:19.421', '17:51:19.421'],
      80,
    ],
    ['several days', [0, DAY], ['11-22 16:51:19', '11-23 16:51:19'], 80],
    ['several years', [0, 40 * DAY], ['2026-11-22 16:51:19', '2027-01-01 16:51:19'], 75],
    ['days, with room', [0, DAY], ['11-22 16:51:19.421', '11-23 16:51:19.421'], 140],
  ])('has the part of the date that differs between rows of %s', async (_, shifts, texts, width) => {
    const options = ['--sort', 'start', '--width', String(width)];
    const lines = await rows(...later(...shifts), ...options);
    const starts = column(lines, lines[0]?.includes('start ▲') === true ? 'start ▲' : 'start', 'client');
    expect(starts).toHaveLength(shifts.length);
    expect(starts).toEqual(texts);
  });

  it('has the date on the default page too, and below 60 columns', async () => {
    const page = (await rows(...later(0, DAY, 2 * DAY, 3 * DAY), '--width', '80')).join('\n');
    for (const day of ['11-22', '11-23', '11-24', '11-25']) expect(page).toContain(`${day} 16:51:19 `);
    const narrow = await rows(...later(0, DAY), '--limit', '0', '--width', '59');
    expect(narrow.filter((line) => /^ {4}11-2[23] 16:51:19/.test(line))).toHaveLength(2);
  });

  it('has dates from the first row of another day on, where rows are streamed', async () => {
    const packets = packetsOf(DEMO);
    // more rows than the widths are taken from, then one of the next day
    const many = 1200;
    const parts = [DEMO.subarray(0, 24)];
    for (let each = 0; each <= many; each++) {
      for (const { seconds, nanoseconds, bytes } of packets) {
        const record = Buffer.alloc(16);
        const at = seconds + each + (each === many ? DAY : 0);
        record.writeUInt32LE(at, 0);
        record.writeUInt32LE(nanoseconds, 4);
        record.writeUInt32LE(bytes.length, 8);
        record.writeUInt32LE(bytes.length, 12);
        const copy = Buffer.from(bytes);
        // the client's port, either way
        const client = copy.readUInt16BE(34) === 42_541 ? 36 : 34;
        copy.writeUInt16BE(1024 + each, client);
        parts.push(record, copy);
      }
    }
    const path = join(folder, 'streamed.pcap');
    writeFileSync(path, Buffer.concat(parts));
    const lines = await rows(path, '--limit', '0', '--width', '80');
    expect(lines.filter((line) => line.trimStart().startsWith('#')).length).toBe(2);
    expect(lines[1]).toMatch(/^ +0 {2}16:51:19\.421 /);
    expect(lines.at(-1)).toMatch(/^ *1200 {2}11-23 17:11:19 /);
  });
});

describe('--time delta', () => {
  it('counts each row from the one above, in every order', async () => {
    const files = later(0, 3600, 10_800);
    const deltas = async (...options: string[]): Promise<string[]> =>
      column(await rows(...files, '--time', 'delta', ...options), 'since', 'client');
    expect(await deltas('--sort', 'start', '--width', '72')).toEqual(['-', '3600.000', '7200.000']);
    expect(await deltas('--sort', '-start', '--width', '200')).toEqual(['-', '-7200.000000', '-3600.000000']);
    expect(await deltas('--limit', '0')).toEqual(['-', '3600.000000', '7200.000000']);
  });

  it('counts a packet of a ladder from the packet before, without another column of times', async () => {
    const lines = await rows(resolve(ROOT, 'captures/demo-tcp.pcap'), '--time', 'delta');
    const head = lines.find((line) => line.startsWith(' #')) ?? '';
    expect(head).toMatch(/^ # +since client/);
    const times = packetsOf(DEMO).map(({ seconds, nanoseconds }) => seconds * 1e9 + nanoseconds);
    const shown = lines.flatMap((line) => /^ ?\d+ ([+ ][ \d.]{8}) [A-Z]/.exec(line)?.[1]?.trim() ?? []);
    expect(shown).toHaveLength(times.length);
    shown.slice(1).forEach((text, at) => {
      const since = (times[at + 1] ?? 0) - (times[at] ?? 0);
      expect(Math.abs(Number(text) * 1e9 - since)).toBeLessThan(1000);
    });
    const datagrams = await rows(resolve(ROOT, 'captures/demo-udp.pcap'), '--time', 'delta');
    const whole = await rows(resolve(ROOT, 'captures/demo-udp.pcap'));
    const isRow = (line: string): boolean => line.includes('UDP') && /^\d/.test(line);
    expect(datagrams.filter(isRow).map((line) => line.replace(/^(\d+) /, '$1'))).toEqual(
      whole.filter(isRow).map((line) => line.replace(/^(\d+) +\d+\.\d+ /, '$1')),
    );
  });
});

describe('--by a time, with --time local', () => {
  const keys = async (zone: string, by: string, ...shifts: number[]): Promise<string[]> => {
    process.env.TZ = zone;
    const document = await runCli(['analyze', ...later(...shifts), '--by', by, '--time', 'local', '--json']);
    return JSON.parse(document.stdout).groups.map(({ key }: { key: string }) => key);
  };

  it('begins hours and days at local time', async () => {
    // 16:51:19 UTC, and half an hour later
    expect(await keys('Asia/Kolkata', 'hour', 0, 1800)).toEqual(['2026-11-22T22:00:00+05:30']);
    expect(await keys('UTC', 'hour', 0, 1800)).toEqual([
      '2026-11-22T16:00:00+00:00',
      '2026-11-22T17:00:00+00:00',
    ]);
    expect(await keys('Asia/Tokyo', 'day', 0)).toEqual(['2026-11-23T00:00:00+09:00']);
  });

  it('keeps the order of time where clocks go back, and a day of 25 hours as one', async () => {
    // 2027-10-31: Berlin has 02:00 to 03:00 twice, at 00:00 and 01:00 UTC
    const noon = Date.UTC(2027, 9, 31, 0, 30) / 1000;
    const first = packetsOf(DEMO)[0]?.seconds ?? 0;
    expect(await keys('Europe/Berlin', 'hour', noon - first, noon - first + 3600)).toEqual([
      '2027-10-31T02:00:00+02:00',
      '2027-10-31T02:00:00+01:00',
    ]);
    expect(await keys('Europe/Berlin', 'day', noon - first, noon - first + 12 * 3600)).toEqual([
      '2027-10-31T00:00:00+02:00',
    ]);
  });

  it('is UTC without it', async () => {
    process.env.TZ = 'Asia/Kolkata';
    const { stdout } = await runCli(['analyze', ...later(0), '--by', 'hour', '--json']);
    expect(JSON.parse(stdout).groups[0].key).toBe('2026-11-22T16:00:00Z');
  });
});

describe('a year of five digits', () => {
  it.each(['utc', 'local', 'epoch'])('is shown as seconds since 1970 with --time %s', async (how) => {
    const path = inYear10000();
    const page = await rows(path, '--time', how);
    expect(page[1]).toMatch(/^253402300800\.\d+ to 253402300800\.\d+ \(186 ms\)/);
    const list = await rows(path, '--limit', '0', '--time', how, '--width', '80');
    expect(list[1]).toMatch(/^0 {2}253402300800\.\d{3} {2}127/);
    const groups = await rows(path, '--by', 'minute', '--time', how, '--width', '80');
    expect(groups.at(-1)).toMatch(/^253402300800 +1 /);
  });

  it('is null in JSON, and never part of another date', async () => {
    const { stdout } = await runCli(['analyze', inYear10000(), '--json']);
    const { connections, capture } = JSON.parse(stdout);
    expect(connections[0].start).toBeNull();
    expect(capture.start).toBeNull();
    expect(stdout).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });
});

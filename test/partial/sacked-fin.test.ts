/** A part keeps how far a SACK reaches: it may say that a FIN came before the bytes that belong in front of it (RFC 2018). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

/** A FIN, a SYN and a SYN-ACK of the same end from before it, and an ACK with a SACK block. */
const CAPTURE = [
  'TTyyoQIABAAAAAAAAAAAAAAABAABAAAAsRcDa6J4chlCAAAAQgAAAAIAAAAAAgIAAAAAAQgARQAANHcmQABABq+bCgAAAQoAAAIe',
  'Yh5h0uYy4eJ9sfeAEQA/o5kAAAEBCAq6Yuv6V9vpp7AXA2tDR7w4SgAAAEoAAAACAAAAAAICAAAAAAEIAEUAADx3IUAAQAavmAoA',
  'AAEKAAACHmIeYdLmMtsAAAAAoAL68FICAAACBAW0BAIICrpi6h8AAAAAAQMDCrEXA2tvNbsASgAAAEoAAAACAAAAAAICAAAAAAEI',
  'AEUAADx3IkAAQAavlwoAAAEKAAACHmIeYdLmMtvifbHyoBL68H0jAAACBAW0BAIICrpi6lxX2+hFAQMDCrEXA2tmILkGTgAAAE4A',
  'AAACAAAAAAECAAAAAAIIAEUAAEBPCEAAQAbXrQoAAAIKAAABHmEeYuJ9sfLS5jLcsBAAP2SjAAABAQgKV9voqrpi6lwBAQUK0uYy',
  '29LmMtw=',
].join('');

const folder = mkdtempSync(join(tmpdir(), 'synfin-sacked-fin-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the rows of a part are those of the capture', async () => {
  const [path, part] = [join(folder, 'a.pcap'), join(folder, 'a.part')];
  writeFileSync(path, Buffer.from(CAPTURE, 'base64'));
  const rows = ['--format', 'ndjson', '--packets'];
  const whole = await runCli(['analyze', path, ...rows, '--partial', part]);
  const merged = await runCli(['merge', part, ...rows]);
  expect(whole.stdout).toContain('"packet":4');
  expect(merged.stdout).toBe(whole.stdout);
});

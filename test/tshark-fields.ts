/**
 * tshark's fields of the frames of a capture. It takes seconds to start on a busy machine, and several tests need the same for the
 * public captures, so its output is cached for them (in node_modules, by file and version).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOLDER = join(import.meta.dirname, '../node_modules/.cache/synfin-tshark');

const FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'frame.cap_len',
  'frame.len',
  'frame.protocols',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.len',
  'tcp.flags',
  'tcp.srcport',
] as const;
type Field = (typeof FIELDS)[number];

/** Null where tshark is not on PATH. */
export const TSHARK: string | null = await run('tshark', ['--version']).then(
  ({ stdout }) => stdout.split('\n')[0] ?? '',
  () => null,
);

/** The fields of a frame as tshark prints them, of several headers the innermost; empty where it has none. */
export type TsharkFrame = Readonly<Record<Field, string>>;

/** All frames that it can read; of a damaged file those before the damage. */
export async function tsharkFrames(path: string): Promise<TsharkFrame[]> {
  const lines = (await printed(path)).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(FIELDS.map((field, at) => [field, values[at] ?? ''])) as Record<Field, string>;
  });
}

/** A real segment, not one that an ICMP error quotes. */
export function hasSegment(frame: TsharkFrame): boolean {
  const protocols = frame['frame.protocols'].split(':');
  return frame['tcp.seq_raw'] !== '' && !protocols.includes('icmp') && !protocols.includes('icmpv6');
}

async function printed(path: string): Promise<string> {
  const { size, mtimeMs } = statSync(path);
  const key = createHash('sha256')
    .update([path, size, mtimeMs, TSHARK, ...FIELDS].join('\n'))
    .digest('hex');
  const kept = join(FOLDER, key);
  mkdirSync(FOLDER, { recursive: true });
  for (let waited = 0; ; waited += POLL_MS) {
    if (existsSync(kept)) return readFileSync(kept, 'utf8');
    // another test may be asking just now; one that was killed asks no more
    if (locked(`${kept}.lock`) || waited > PATIENCE_MS) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    const stdout = await printedNow(path);
    writeFileSync(`${kept}.${process.pid}`, stdout);
    renameSync(`${kept}.${process.pid}`, kept);
    return stdout;
  } finally {
    rmSync(`${kept}.lock`, { force: true });
  }
}

const POLL_MS = 50;
const PATIENCE_MS = 100_000;

/** False where somebody else has the lock. */
function locked(path: string): boolean {
  try {
    writeFileSync(path, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

async function printedNow(path: string): Promise<string> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const args = ['-2', '-n', '-r', path, '-T', 'fields', '-E', 'occurrence=l', ...fields];
  // a damaged capture ends with an error after what could be read
  const { stdout = '' } = await run('tshark', args, { maxBuffer: 1 << 29, timeout: 150_000 }).catch(
    (error: { stdout?: string }) => error,
  );
  return stdout;
}

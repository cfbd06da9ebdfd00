/**
 * Byte sources: a file by path (that may still be growing), a named pipe, or any readable stream (standard
 * input, a pipe from a live source).
 */

import {
  close,
  closeSync,
  constants,
  fstat,
  open,
  openSync,
  read,
  readSync,
  type Stats,
  stat,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { MeasuredSource } from '../capture/window.js';
import { CaptureError, errorCode } from '../errors.js';
import type { FollowedFile } from './followed-file.js';
import type { ByteStream } from './streams.js';

/** Direct reads between two pauses for other work: Ctrl-C, progress. */
const READS_A_TURN = 16;

export interface FollowOptions {
  /** At the end of a file, wait for more bytes until `signal` is aborted. */
  follow?: boolean;
  /** Ends the reading as the end of the file would. */
  signal?: AbortSignal;
  /**
   * Reads files without a thread. With two processors a thread that reads ahead is faster; with one it costs time and
   * evicts the analysis from the cache. Undefined: decided by the number of processors.
   */
  direct?: boolean;
}

/**
 * A device without data, such as /proc/kmsg, is an error in place of a thread that waits and that no signal ends. Files do not
 * know the difference, nor does Windows.
 */
const NO_WAITING = constants.O_NONBLOCK ?? 0;

/** Opens a file or a named pipe for reading from its start. Throws CaptureError where that is not possible. */
export async function fileSource(path: string, options: FollowOptions = {}): Promise<MeasuredSource> {
  let facts: Stats;
  let file: number;
  try {
    facts = await promisify(stat)(path);
    if (facts.isDirectory()) throw new CaptureError(path, { kind: 'directory' });
    if (facts.isSocket()) throw new CaptureError(path, { kind: 'socket' });
    file = await (facts.isFIFO()
      ? openPipe(path, options.signal)
      : promisify(open)(path, constants.O_RDONLY | NO_WAITING));
  } catch (error) {
    throw error instanceof CaptureError ? error : openError(path, error);
  }
  if (!facts.isFIFO()) return descriptorSource(file, path, facts.isFile() ? facts.size : null, options, path);
  // a named pipe is read as standard input is: without a thread that would be stuck in it
  const { Socket } = await import('node:net');
  return streamSource(new Socket({ fd: file, readable: true, writable: false }), path, options);
}

/**
 * Opens a named pipe, which waits for a program that writes into it. A thread waits, and nothing ends its waiting but
 * a writer: so where `signal` ends the reading, there is one for a moment.
 */
async function openPipe(path: string, signal?: AbortSignal): Promise<number> {
  const release = (): void => {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // nobody waits any longer, or nobody may write into it
    }
  };
  signal?.addEventListener('abort', release, { once: true });
  try {
    return await promisify(open)(path, constants.O_RDONLY);
  } finally {
    signal?.removeEventListener('abort', release);
  }
}

/** Standard input: read directly where it is a file, because that is three times as fast as a stream. */
export async function standardInput(path: string, options: FollowOptions = {}): Promise<MeasuredSource> {
  if (process.stdin.isTTY) throw new CaptureError(path, { kind: 'terminal' });
  const facts = await promisify(fstat)(0).catch(() => null);
  if (facts?.isDirectory()) throw new CaptureError(path, { kind: 'input-directory' });
  if (facts?.isFile()) return descriptorSource(0, path, facts.size, options);
  return streamSource(process.stdin, path, options);
}

function descriptorSource(
  file: number,
  path: string,
  size: number | null,
  options: FollowOptions,
  /** What it was opened by; null where that is not known. */
  name: string | null = null,
): MeasuredSource {
  let followed: FollowedFile | null = null;
  const direct = options.direct ?? (size !== null && availableParallelism() === 1);
  const readFile = promisify(read);
  let taken = 0;
  let closed = false;
  let reading: Promise<unknown> | null = null;
  let reads = 0;
  const readAt = async (into: Uint8Array): Promise<number> => {
    if (direct) {
      if (++reads % READS_A_TURN === 0) await promisify(setImmediate)();
      return closed ? 0 : readSync(file, into, 0, into.length, null);
    }
    const result = readFile(file, into, 0, into.length, null);
    reading = result.catch(() => null);
    return (await result).bytesRead;
  };
  // loaded only where a file is followed
  const follow = async (): Promise<FollowedFile> =>
    new (await import('./followed-file.js')).FollowedFile(file, name, size !== null, options.signal);
  return {
    size,
    direct,
    get taken() {
      return taken;
    },
    get broken() {
      const change = followed?.change ?? null;
      return change === null ? null : new CaptureError(path, change, taken);
    },
    async read(into) {
      if (closed) return 0;
      try {
        if (options.follow === true) followed ??= await follow();
        const count = await (followed?.read(into, readAt) ?? readAt(into));
        taken += count;
        return count;
      } catch (error) {
        if (closed) return 0;
        throw new CaptureError(path, { kind: 'not-read-on', system: errorCode(error) }, taken);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      followed?.close();
      await reading;
      // it keeps the memory that was read into
      reading = null;
      if (file !== 0) await promisify(close)(file);
    },
  };
}

function openError(path: string, error: unknown): CaptureError {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new CaptureError(path, { kind: 'no-such-file' });
  if (code === 'EACCES' || code === 'EPERM') return new CaptureError(path, { kind: 'no-permission' });
  if (code === 'ELOOP') return new CaptureError(path, { kind: 'link-circle' });
  return new CaptureError(path, { kind: 'not-opened', system: code || String(error) });
}

/** Reads from a stream with back-pressure: a fast writer waits for the parser. */
export function streamSource(stream: ByteStream, path: string, options: FollowOptions = {}): MeasuredSource {
  const { signal } = options;
  const iterator = stream[Symbol.asyncIterator]();
  const abort = () => stream.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  let chunk: Uint8Array = new Uint8Array(0);
  let used = 0;
  let taken = 0;
  let closed = false;
  return {
    size: null,
    get taken() {
      return taken;
    },
    async read(into) {
      while (used === chunk.length) {
        let next: IteratorResult<unknown>;
        try {
          next = await iterator.next();
        } catch (error) {
          if (closed || signal?.aborted === true) return 0;
          if (error instanceof CaptureError) throw error;
          const system = error instanceof Error ? error.message : String(error);
          throw new CaptureError(path, { kind: 'stream-broke-off', system }, taken);
        }
        if (next.done === true) return 0;
        chunk = typeof next.value === 'string' ? Buffer.from(next.value) : asBytes(next.value);
        used = 0;
        taken += chunk.length;
      }
      const count = Math.min(into.length, chunk.length - used);
      into.set(chunk.subarray(used, used + count));
      used += count;
      return count;
    },
    async close() {
      closed = true;
      signal?.removeEventListener('abort', abort);
      stream.destroy();
    },
  };
}

function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('a capture stream must yield bytes');
}

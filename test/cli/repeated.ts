/** A long capture made of a short one: its packets again and again, each time later. */
import { spawnSync } from 'node:child_process';
import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { expect } from 'vitest';

const FILE_HEADER = 24;
const PACKET_HEADER = 16;
/** Connections that ended stay for a minute, so that the same addresses are a new connection then. */
const APART_S = 100;

export class Repeated {
  readonly header: Buffer;
  readonly #packets: Buffer;

  /** `path`: a pcap file, little-endian. */
  constructor(path: string) {
    const bytes = readFileSync(path);
    this.header = bytes.subarray(0, FILE_HEADER);
    this.#packets = bytes.subarray(FILE_HEADER);
  }

  /** Its packets for the `turn`-th time. */
  turn(turn: number): Buffer {
    const bytes = Buffer.from(this.#packets);
    let at = 0;
    while (at < bytes.length) {
      bytes.writeUInt32LE(bytes.readUInt32LE(at) + turn * APART_S, at);
      at += PACKET_HEADER + bytes.readUInt32LE(at + 8);
    }
    return bytes;
  }

  turns(from: number, to: number): Buffer {
    return Buffer.concat(Array.from({ length: to - from }, (_, turn) => this.turn(from + turn)));
  }

  capture(turns: number): Buffer {
    return Buffer.concat([this.header, this.turns(0, turns)]);
  }
}

/** A named pipe with these packets, some fifty times a second, for as long as a test needs. */
export class SlowPipe {
  readonly #repeated: Repeated;
  readonly #stream: WriteStream;
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor(path: string, capture: string) {
    if (spawnSync('mkfifo', [path]).status !== 0) throw new Error(`${path}: mkfifo failed`);
    this.#repeated = new Repeated(capture);
    this.#stream = createWriteStream(path);
    // the reader may go first
    this.#stream.on('error', () => {});
    this.#stream.write(this.#repeated.header);
    this.#timer = setInterval(() => this.skipTo(this.#turn + 1), 20);
  }

  /** Sends all that come before this turn at once. */
  skipTo(turn: number): void {
    this.send(this.#repeated.turns(this.#turn, turn));
    this.#turn = turn;
  }

  send(bytes: Buffer): void {
    if (!this.#stream.destroyed) this.#stream.write(bytes);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stream.end();
    if (!this.#stream.closed) await new Promise<void>((done) => this.#stream.once('close', () => done()));
  }
}

const PACKETS = 11;

/** Checks that the output is a whole report of a part of the demo's capture; returns its connections. */
export function checkPart(format: string, text: string): number {
  if (format === 'table') {
    expect(text).toMatch(/^connections +/m);
    const [, packets = ''] = /: ([\d,]+) packets, /.exec(text) ?? [];
    return Math.ceil(Number(packets.replaceAll(',', '')) / PACKETS);
  }
  if (format === 'json') {
    const { capture, connections } = JSON.parse(text);
    expect(connections).toHaveLength(Math.ceil(capture.packets / PACKETS));
    return connections.length;
  }
  const lines = text.trimEnd().split('\n');
  if (format === 'ndjson') {
    const all = lines.map((line) => JSON.parse(line));
    const last = all.pop();
    expect(last.type).toBe('capture');
    expect(all).toHaveLength(Math.ceil(last.packets / PACKETS));
    return all.length;
  }
  const [head = '', ...rows] = lines;
  for (const row of rows) expect(row.split(',')).toHaveLength(head.split(',').length);
  return rows.length;
}

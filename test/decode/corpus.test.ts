/**
 * Compares the decoder with tshark over the public captures of SYNFIN_CORPUS, which are not part of the project:
 * the same frames carry TCP, with the same ports, sequence and acknowledgement numbers, lengths and flags.
 */

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { decodeFrame } from '../../src/decode/decode-frame.js';
import { ACK, Packet, TCP } from '../../src/decode/packet.js';
import { CaptureError } from '../../src/errors.js';
import { openCapture } from '../../src/files/open.js';
import { hasSegment, TSHARK, tsharkFrames } from '../tshark-fields.js';

const corpus = process.env.SYNFIN_CORPUS ?? '';
const tshark = corpus !== '' && TSHARK !== null;

/** Where tshark and synfin differ, and why: `capture frame` or `capture`. */
const DIFFERENCES: Readonly<Record<string, string>> = {};

/** Sequence number, acknowledgement (where ACK is set), payload length, flags and source port. */
type Segment = string;

async function tsharkSegments(file: string): Promise<Map<number, Segment>> {
  const segments = new Map<number, Segment>();
  for (const frame of (await tsharkFrames(file)).filter(hasSegment)) {
    const bits = Number(frame['tcp.flags']) & 0x1ff;
    const acknowledged = (bits & ACK) !== 0 ? frame['tcp.ack_raw'] : '-';
    const { 'tcp.seq_raw': seq, 'tcp.len': length, 'tcp.srcport': port } = frame;
    segments.set(
      Number(frame['frame.number']),
      `seq ${seq} ack ${acknowledged} len ${length} flags ${bits} port ${port}`,
    );
  }
  return segments;
}

async function ourSegments(file: string): Promise<Map<number, Segment>> {
  const segments = new Map<number, Segment>();
  const frame = new Frame();
  const packet = new Packet();
  try {
    const reader = await openCapture(file);
    while (await reader.fill()) {
      while (reader.next(frame)) {
        if (decodeFrame(frame, packet) !== TCP) continue;
        const bits = packet.flags & 0x1ff;
        const ack = (bits & ACK) !== 0 ? packet.acknowledgement >>> 0 : '-';
        const { payloadLength, sourcePort } = packet;
        const sequence = packet.sequence >>> 0;
        segments.set(
          reader.packets,
          `seq ${sequence} ack ${ack} len ${payloadLength} flags ${bits} port ${sourcePort}`,
        );
      }
    }
    await reader.close();
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  return segments;
}

function captures(): string[] {
  if (!tshark) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(md|tsv|txt)$/.test(entry.name))
    .map((entry) => path.relative(corpus, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe.skipIf(!tshark)('the same TCP segments as tshark (needs SYNFIN_CORPUS and tshark)', () => {
  test.each(captures())('%s', { timeout: 120_000 }, async (name) => {
    const file = path.join(corpus, name);
    const [theirs, ours] = await Promise.all([tsharkSegments(file), ourSegments(file)]);
    const differences: string[] = [];
    for (const frame of new Set([...theirs.keys(), ...ours.keys()])) {
      const want = theirs.get(frame);
      const got = ours.get(frame);
      if (want === got || `${name} ${frame}` in DIFFERENCES || name in DIFFERENCES) continue;
      differences.push(`frame ${frame}: tshark ${want ?? 'nothing'}; synfin ${got ?? 'nothing'}`);
    }
    expect(differences.slice(0, 20)).toEqual([]);
  });
});

test.skipIf(tshark)('the corpus is compared where SYNFIN_CORPUS is set and tshark is on PATH', () => {
  expect(tshark).toBe(false);
});

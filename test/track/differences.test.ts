/**
 * Where synfin differs from tshark 4.0 on the fixtures, this is on purpose, and docs/differences.md says why:
 * its table and the differences found here must be the same, in both directions. Compared are which frames are TCP
 * (`segments`), relative numbers (`relative`), what belongs to one connection (`stream`), `completeness`, and the
 * analysis codes that both have.
 *
 * After a change of fixtures: `UPDATE_TSHARK=1 npx vitest run test/track/differences.test.ts` asks tshark again.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { CaptureError } from '../../src/errors.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { codeNames } from '../../src/track/memory/codes.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import {
  askTshark,
  RECORDED,
  readRecorded,
  SHARED_CODES,
  type TsharkSegment,
  tsharkVersion,
  write,
} from './tshark.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'fixtures');
const DOCUMENT = join(ROOT, 'docs/differences.md');

const captures = ['kernel', 'synthetic'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`),
);

interface Read {
  rows: SegmentRow[];
  completeness: Map<number, number>;
}

async function readWithSynfin(path: string): Promise<Read> {
  const read: Read = { rows: [], completeness: new Map() };
  const analysis = new Analysis({
    connection: ({ index, completeness }) => void read.completeness.set(index, completeness),
    segment: (row) => void read.rows.push(row),
  });
  try {
    const stream = await openCaptures([path]);
    await analysis.read(stream);
    analysis.finish(stream);
    await stream.close();
  } catch (error) {
    // fixtures that are no captures at all
    if (!(error instanceof CaptureError)) throw error;
  }
  return read;
}

/** How the two differ, in the words of the document, and in which frames. */
function compare(theirs: readonly TsharkSegment[], ours: Read): Map<string, number[]> {
  const differing = new Map<string, number[]>();
  const differs = (kind: string, packet: number): void => {
    differing.set(kind, [...(differing.get(kind) ?? []), packet]);
  };
  const rows = new Map(ours.rows.map((row) => [row.packet, row]));
  const firstOfStream = new Map<number, number>();
  const firstOfConnection = new Map<number, number>();
  const completeness = new Map<number, { segment: TsharkSegment; connection: number }>();
  for (const segment of theirs) {
    const row = rows.get(segment.packet);
    if (row === undefined) {
      differs('segments', segment.packet);
      continue;
    }
    const { packet, stream, sequence, acknowledgement } = segment;
    if (!firstOfStream.has(stream)) firstOfStream.set(stream, packet);
    if (!firstOfConnection.has(row.connection)) firstOfConnection.set(row.connection, packet);
    if (firstOfStream.get(stream) !== firstOfConnection.get(row.connection)) differs('stream', packet);
    if (sequence !== null && (sequence !== row.sequence || acknowledgement !== row.acknowledgement))
      differs('relative', packet);
    completeness.set(stream, { segment, connection: row.connection });
    const codes: readonly string[] = codeNames(row.codes);
    for (const code of SHARED_CODES)
      if (codes.includes(code) !== segment.codes.includes(code)) differs(code, packet);
  }
  for (const { segment, connection } of completeness.values())
    if (segment.completeness !== ours.completeness.get(connection)) differs('completeness', segment.packet);
  const known = new Set(theirs.map(({ packet }) => packet));
  for (const { packet } of ours.rows) if (!known.has(packet)) differs('segments', packet);
  return differing;
}

/** Fixture and what differs in it, from the table's second column: `fixture`, `fixture`: `kind`, `kind`; … */
function documented(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const words = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  for (const line of readFileSync(DOCUMENT, 'utf8').split('\n')) {
    const cells = line.split('|');
    if (cells.length !== 7) continue;
    for (const part of (cells[2] ?? '').split(';')) {
      const [fixtures = '', kinds = ''] = part.split(':');
      for (const fixture of words(fixtures))
        found.set(fixture, new Set([...(found.get(fixture) ?? []), ...words(kinds)]));
    }
  }
  return found;
}

const version = tsharkVersion();
let recorded = new Map<string, TsharkSegment[]>();

beforeAll(() => {
  if (process.env.UPDATE_TSHARK === '1' && version !== null) {
    const asked = new Map(captures.map((name) => [name, askTshark(join(FIXTURES, name))] as const));
    writeFileSync(RECORDED, write(asked));
  }
  recorded = readRecorded();
}, 300_000);

describe('differences from tshark 4.0', () => {
  it('tshark was asked about every fixture', () => {
    expect([...recorded.keys()].sort()).toEqual([...captures].sort());
  });

  it.each(captures)('%s', async (name) => {
    const stem = name.replace(/\.pcap(ng)?$/, '');
    const found = compare(recorded.get(name) ?? [], await readWithSynfin(join(FIXTURES, name)));
    const frames = [...found].map(([kind, packets]) => `${kind} in frames ${packets.join(', ')}`).join('; ');
    const why = `docs/differences.md has the reasons; found: ${frames || 'none'}`;
    expect([...found.keys()].sort(), why).toEqual([...(documented().get(stem) ?? [])].sort());
  });

  it('the document names no fixture that does not exist', () => {
    const stems = new Set(captures.map((name) => name.replace(/\.pcap(ng)?$/, '')));
    for (const name of documented().keys()) expect(stems).toContain(name);
  });

  // the stored answers are those of tshark: it is asked again where it matters most
  const sample = [
    'simple',
    'zero-window',
    'challenge-ack-rst',
    'syn-in-established',
    'mptcp',
    'any-duplicates',
  ];
  it.skipIf(version === null).each(sample)(
    `tshark ${version ?? '(4.0 is not installed: skipped)'}: %s`,
    (name) => {
      expect(askTshark(join(FIXTURES, `kernel/${name}.pcap`))).toEqual(recorded.get(`kernel/${name}.pcap`));
    },
  );
});

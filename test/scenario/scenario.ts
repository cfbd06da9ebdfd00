/** Runs a scenario (see parse.ts) through the real pipeline and lists all differences from its expectations. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeNames } from '../../src/track/memory/codes.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import { stateName } from '../../src/track/rfc9293/transition.js';
import { actual } from './check.js';
import { parseScenario, type Scenario, type ScenarioPacket } from './parse.js';
import { analyse, type Results } from './pipeline.js';

const CASES = join(import.meta.dirname, 'cases');
/** Scenarios that the engine does not pass yet; each goes to cases/ when it does. */
const BUGS = join(import.meta.dirname, 'bugs');

export interface Outcome extends Results {
  scenario: Scenario;
  /** One sentence for each difference; none where all is as expected. */
  problems: string[];
}

export interface Case {
  name: string;
  text: string;
}

/** The committed scenarios. */
export function cases(): Case[] {
  return scenariosIn(CASES);
}

export function bugs(): Case[] {
  return existsSync(BUGS) ? scenariosIn(BUGS) : [];
}

function scenariosIn(folder: string): Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.scn'))
    .sort()
    .map((name) => ({ name: name.slice(0, -4), text: readFileSync(join(folder, name), 'utf8') }));
}

export async function runScenario(text: string): Promise<Outcome> {
  const scenario = parseScenario(text);
  const results = await analyse(scenario.packets.map(({ captured }) => captured));
  const rows = new Map(results.rows.map((row) => [row.packet, row]));
  const problems: string[] = [];
  scenario.packets.forEach((packet, index) => {
    const row = rows.get(index + 1);
    if (packet.isTcp) problems.push(...compareSegment(packet, row, index + 1));
  });
  for (const expectation of scenario.expectations) {
    const found = actual(expectation, results).replaceAll(/\s+/g, ' ');
    const wanted = expectation.words.join(' ');
    if (found !== wanted) problems.push(`line ${expectation.line}: expected "${wanted}", got "${found}"`);
  }
  return { ...results, scenario, problems };
}

/** States of left and right end after a row. */
export function statesOf(row: SegmentRow, fromLeft: boolean): [string, string] {
  const [own, other] = row.side === 0 ? row.states : [row.states[1], row.states[0]];
  const names: [string, string] = [stateName(own), stateName(other)];
  return fromLeft ? names : [names[1], names[0]];
}

function compareSegment(packet: ScenarioPacket, row: SegmentRow | undefined, number: number): string[] {
  const where = `line ${packet.line} (packet ${number}: ${packet.text})`;
  if (row === undefined) return [`${where}: not reported`];
  const problems: string[] = [];
  const states = statesOf(row, packet.fromLeft).join(' ');
  const wanted = packet.states?.join(' ') ?? states;
  if (states !== wanted) problems.push(`${where}: expected states ${wanted}, got ${states}`);
  if (row.ignored !== packet.ignored) {
    problems.push(
      `${where}: expected ${packet.ignored ?? 'it to be accepted'}, got ${row.ignored ?? 'accepted'}`,
    );
  }
  const codes = codeNames(row.codes)
    .filter((code) => code !== 'ignored-segment')
    .sort()
    .join(' ');
  const expected = packet.codes.join(' ');
  if (codes !== expected)
    problems.push(`${where}: expected codes ${expected || 'none'}, got ${codes || 'none'}`);
  return problems;
}

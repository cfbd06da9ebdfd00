/** `synfin demo tcp|udp`: server, client and capture together, and what went over the wire. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findScenario, type PreparedScenario, SCENARIOS, type Scenario } from '../demo/scenarios.js';
import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { type LiveOptions, liveOptions } from '../live/source.js';
import { analyze } from './analyze.js';
import { DONE, INTERRUPTED } from './exit-codes.js';
import { type CliIo, write } from './io.js';
import { loopbackName } from './live.js';
import { type Session, startSession } from './live-session.js';
import type { OutputFlags } from './options.js';
import { createReporter } from './reporter.js';

export interface DemoFlags extends OutputFlags {
  scenario: string;
  list?: boolean;
  host?: string;
  backend: LiveOptions['backend'];
  write?: string;
  recording?: boolean;
}

/** How long after the last step the wire must have been quiet. */
const QUIET_MS = 300;

export async function demoCommand(protocol: 'tcp' | 'udp', flags: DemoFlags, io: CliIo): Promise<number> {
  if (flags.list === true) return list(protocol, io);
  const scenario = findScenario(protocol, flags.scenario);
  if (flags.recording === true) return recording(scenario, flags, io);
  const prepared = await scenario.prepare(flags.host ?? '127.0.0.1');
  let session: Session;
  try {
    session = await capture(scenario, prepared, flags, io);
  } catch (error) {
    await prepared.close();
    if (!(error instanceof UserError)) throw error;
    io.stderr.write(`synfin: ${escapeText(error.message)}\n${error.hint === null ? '' : `${error.hint}\n`}`);
    return recording(scenario, flags, io);
  }
  io.stderr.write(`${scenario.title}\n${scenario.expect}\n`);
  try {
    await prepared.run({
      signal: io.signal,
      log: (line) => void io.stderr.write(`  ${line}\n`),
    });
    await quiet(session);
  } finally {
    session.stop();
    await session.done;
  }
  return io.signal.aborted ? INTERRUPTED : DONE;
}

async function list(protocol: 'tcp' | 'udp', io: CliIo): Promise<number> {
  const scenarios = SCENARIOS.filter((scenario) => scenario.protocol === protocol);
  const width = Math.max(...scenarios.map((scenario) => scenario.name.length));
  const lines = scenarios.map((scenario) => `${scenario.name.padEnd(width)}  ${scenario.title}\n`);
  await write(io.stdout, lines.join(''));
  return DONE;
}

async function capture(
  scenario: Scenario,
  prepared: PreparedScenario,
  flags: DemoFlags,
  io: CliIo,
): Promise<Session> {
  const port = `${scenario.protocol} port ${prepared.port}`;
  const options = liveOptions(loopbackName(), {
    backend: flags.backend,
    filter: scenario.protocol === 'tcp' ? port : `${port} or icmp or icmp6`,
  });
  return startSession(options, flags.write, await createReporter(flags, io), {}, {}, io);
}

/** Waits until the last segments have arrived. */
async function quiet(session: Session): Promise<void> {
  const began = Date.now();
  while (Date.now() - Math.max(session.lastPacketAt(), began) < QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The same demo as it was recorded, said to be a recording. */
async function recording(scenario: Scenario, flags: DemoFlags, io: CliIo): Promise<number> {
  const path = fileURLToPath(new URL(`../../captures/demo-${scenario.protocol}.pcap`, import.meta.url));
  if (!existsSync(path)) throw new UserError('the recording of the demo is missing from this installation');
  const other =
    scenario.name === 'simple' ? '' : ` (of the scenario "simple"; there is none of "${scenario.name}")`;
  io.stderr.write(
    `This is a RECORDING of the ${scenario.protocol.toUpperCase()} demo${other}, not a live capture:\n`,
  );
  return analyze([path], flags, io);
}

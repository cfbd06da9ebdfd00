/** `synfin demo tcp|udp`: server, client and capture together, and what went over the wire. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findScenario, type PreparedScenario, SCENARIOS, type Scenario } from '../../demo/scenarios.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { type LiveOptions, type LiveSource, liveOptions, openLive } from '../../live/source.js';
import type { OutputFlags } from '../options/options.js';
import { planOutput } from '../options/plan.js';
import { createReporter } from '../report/create.js';
import { checkWriteFlags } from '../save/rotate.js';
import type { Web } from '../serve/web.js';
import { DAMAGED, DONE, INTERRUPTED, WRONG_USE } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';
import { installation } from '../terminal/package-root.js';
import { analyze } from './analyze.js';
import { loopbackName, snaplenOf } from './live.js';
import { type Session, type SessionEnd, startSession } from './live-session.js';

export interface DemoFlags extends OutputFlags {
  scenario: string;
  list?: boolean;
  host?: string;
  backend: LiveOptions['backend'];
  write?: string;
  recording?: boolean;
  web?: boolean;
  open?: boolean;
}

/** How long after the last step the wire must have been quiet. */
const QUIET_MS = 300;

export async function demoCommand(protocol: 'tcp' | 'udp', flags: DemoFlags, io: CliIo): Promise<number> {
  if (flags.list === true) return list(protocol, io);
  checkWriteFlags(flags);
  const scenario = findScenario(protocol, flags.scenario);
  if (flags.recording === true)
    return recording(scenario, flags, io, flags.web === true ? await webPage(scenario, flags, io) : null);
  const web = flags.web === true ? await webPage(scenario, flags, io) : null;
  const prepared = await scenario.prepare(flags.host ?? '127.0.0.1');
  try {
    let source: LiveSource;
    try {
      source = await openLive(optionsFor(scenario, prepared, flags));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      io.stderr.write(
        `synfin: ${escapeText(error.message)}\n${error.hint === null ? '' : `${error.hint}\n`}`,
      );
      return await recording(scenario, flags, io, web);
    }
    return await perform(scenario, prepared, source, flags, io, web);
  } finally {
    await prepared.close();
  }
}

async function perform(
  scenario: Scenario,
  prepared: PreparedScenario,
  source: LiveSource,
  flags: DemoFlags,
  io: CliIo,
  web: Web | null,
): Promise<number> {
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  const session = await startSession(
    source,
    {
      drop: true,
      files: flags,
      reporter: async () => {
        const reporter = await createReporter(planOutput(flags, io, {}, true), io);
        return web === null ? reporter : web.watch(reporter);
      },
      opened: async (info) => web?.begin(info, say),
      say,
    },
    io,
  );
  say(`${scenario.title}\n${scenario.expect}`);
  let end: SessionEnd;
  try {
    if (web === null || (await web.viewed(say)))
      await prepared.run({ signal: io.signal, log: (line) => say(`  ${line}`) });
    await quiet(session);
  } finally {
    session.stop();
    end = await session.done;
  }
  if (io.signal.aborted) {
    await web?.close();
    return INTERRUPTED;
  }
  await web?.stay(say);
  await web?.close();
  if (end.writeFailure !== null) return WRONG_USE;
  return end.summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
}

async function list(protocol: 'tcp' | 'udp', io: CliIo): Promise<number> {
  const scenarios = SCENARIOS.filter((scenario) => scenario.protocol === protocol);
  const width = Math.max(...scenarios.map((scenario) => scenario.name.length));
  const lines = scenarios.map((scenario) => `${scenario.name.padEnd(width)}  ${scenario.title}\n`);
  await write(io.stdout, lines.join(''));
  return DONE;
}

function optionsFor(scenario: Scenario, prepared: PreparedScenario, flags: DemoFlags): LiveOptions {
  const port = `${scenario.protocol} port ${prepared.port}`;
  return liveOptions(loopbackName(), {
    backend: flags.backend,
    ...snaplenOf(flags),
    filter: scenario.protocol === 'tcp' ? port : `${port} or icmp or icmp6`,
  });
}

/** Waits until the last segments have arrived. */
async function quiet(session: Session): Promise<void> {
  const began = Date.now();
  while (Date.now() - Math.max(session.lastPacketAt(), began) < QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The same demo as it was recorded, said to be a recording. */
async function recording(scenario: Scenario, flags: DemoFlags, io: CliIo, web: Web | null): Promise<number> {
  const { root } = installation();
  const recordingOf = (name: string): string =>
    join(root, 'captures', `demo-${scenario.protocol}${name}.pcap`);
  // an installed package has the two simple ones only
  const own = recordingOf(scenario.name === 'simple' ? '' : `-${scenario.name}`);
  const path = existsSync(own) ? own : recordingOf('');
  if (!existsSync(path)) throw new UserError('the recording of the demo is missing from this installation');
  const missing = path === own ? null : scenario.name;
  io.stderr.write(`${phrases.recordingText(scenario.protocol.toUpperCase(), missing)}\n`);
  const { write: file, host: _, ...shown } = flags;
  if (file !== undefined) io.stderr.write(`synfin: ${phrases.notWritten(escapeText(file))}\n`);
  if (web !== null) {
    const { showRecording } = await import('./demo-web.js');
    return showRecording(path, await createReporter(planOutput(shown, io), io, [path]), web, io);
  }
  return analyze([path], shown, io);
}

/** Loaded where it is asked for. */
async function webPage(scenario: Scenario, flags: DemoFlags, io: CliIo): Promise<Web> {
  const { Web } = await import('../serve/web.js');
  return new Web(`${scenario.protocol.toUpperCase()} demo "${scenario.name}"`, flags, io);
}

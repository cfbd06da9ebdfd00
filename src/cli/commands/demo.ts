/** `synfin demo tcp|udp`: server, client and capture together, and what went over the wire. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_HOST } from '../../demo/endpoint.js';
import { insideNamespace, type Lack, runInNamespace } from '../../demo/namespace.js';
import {
  findScenario,
  formatStep,
  needsNamespace,
  type PreparedScenario,
  SCENARIOS,
  type Scenario,
  scenarioText,
  whyUnavailable,
} from '../../demo/scenarios.js';
import { UserError } from '../../errors.js';
import { escapeLines, escapeText } from '../../escape.js';
import { useDemoTexts } from '../../explain/demo-texts.js';
import { spoken } from '../../explain/languages.js';
import { phrases } from '../../explain/phrases.js';
import { permissionAdvice } from '../../live/advice.js';
import { type LiveOptions, type LiveSource, liveOptions, openLive } from '../../live/source.js';
import { wrap } from '../../wrap.js';
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
  snaplen?: number;
  recording?: boolean;
  web?: boolean;
  open?: boolean;
}

/** Columns of the text before a demo. */
const INTRODUCTION = 80;
/** How long after the last step the wire must have been quiet. */
const QUIET_MS = 300;

export async function demoCommand(protocol: 'tcp' | 'udp', flags: DemoFlags, io: CliIo): Promise<number> {
  await useDemoTexts(spoken);
  if (flags.list === true) return listScenarios([protocol], io);
  checkWriteFlags(flags);
  const scenario = findScenario(protocol, flags.scenario);
  const web = flags.web === true ? await webPage(scenario, flags, io) : null;
  if (flags.recording === true) return recording(scenario, flags, io, web);
  const insteadOf = ({ message, hint }: ReturnType<typeof phrases.thrownText>): Promise<number> => {
    io.stderr.write(`synfin: ${escapeText(message)}\n${hint === null ? '' : `${escapeLines(hint)}\n`}`);
    return recording(scenario, flags, io, web);
  };
  const lack = await whyUnavailable(scenario.needs);
  if (lack !== null) return insteadOf(lackText(lack));
  if (needsNamespace(scenario.needs) && !insideNamespace()) {
    const command = web === null ? io.again?.() : undefined;
    if (command !== undefined) return runInNamespace(command, io);
    const kind = web === null ? 'call-outside-namespace' : 'browser-outside-namespace';
    return insteadOf(lackText({ error: { kind } }));
  }
  let prepared: PreparedScenario;
  try {
    prepared = await scenario.prepare(flags.host ?? scenario.host ?? DEFAULT_HOST);
  } catch (error) {
    // the system does not allow it after all: its network could not be changed
    if (!(error instanceof UserError) || scenario.needs === undefined) throw error;
    return insteadOf(phrases.thrownText(error));
  }
  try {
    let source: LiveSource;
    try {
      source = await openLive(optionsFor(scenario, prepared, flags));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return await insteadOf(phrases.thrownText(error));
    }
    return await perform(scenario, prepared, source, flags, io, web);
  } finally {
    await prepared.close();
  }
}

function lackText({ error, asRoot }: Lack): { message: string; hint: string | null } {
  const { command } = asRoot === true ? permissionAdvice() : { command: null };
  const asked = { kind: 'run-as-root', kept: true, untried: false } as const;
  const hint = command === null ? phrases.errorHint(error) : phrases.errorText({ ...asked, command });
  return { message: phrases.errorText(error), hint };
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
  say(introduction(scenario));
  let end: SessionEnd;
  try {
    if (web === null || (await web.viewed(say)))
      await prepared.run({ signal: io.signal, log: (step) => say(formatStep(step)) });
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

/** `synfin demo --list`, and of one protocol alone. */
export async function listScenarios(protocols: readonly ('tcp' | 'udp')[], io: CliIo): Promise<number> {
  await useDemoTexts(spoken);
  const width = Math.max(...SCENARIOS.map((scenario) => scenario.name.length));
  const lists = protocols.map((protocol) => {
    const scenarios = SCENARIOS.filter((scenario) => scenario.protocol === protocol);
    const lines = scenarios
      .map((scenario) => `${scenario.name.padEnd(width)}  ${scenarioText(scenario).title}\n`)
      .join('');
    if (protocols.length === 1) return lines;
    return `synfin demo ${protocol} --scenario ${phrases.SCENARIO_PLACE}\n${lines.replaceAll(/^/gm, '  ').trimEnd()}\n`;
  });
  await write(io.stdout, lists.join('\n'));
  return DONE;
}

function optionsFor(scenario: Scenario, prepared: PreparedScenario, flags: DemoFlags): LiveOptions {
  const port = `${scenario.protocol} port ${prepared.port}`;
  return liveOptions(loopbackName(), {
    backend: flags.backend,
    ...(prepared.snaplen === undefined ? {} : { snaplen: prepared.snaplen }),
    ...snaplenOf(flags),
    filter: prepared.filter ?? (scenario.protocol === 'tcp' ? port : `${port} or icmp or icmp6`),
  });
}

/** What happens, and what one will see. */
function introduction(scenario: Scenario): string {
  const { title, expect } = scenarioText(scenario);
  return [title, ...wrap(expect, INTRODUCTION)].join('\n');
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
  // one that is not recorded yet
  const own = recordingOf(scenario.name === 'simple' ? '' : `-${scenario.name}`);
  const path = existsSync(own) ? own : recordingOf('');
  if (!existsSync(path)) throw new UserError({ kind: 'demo-not-recorded' });
  const missing = path === own ? null : scenario.name;
  io.stderr.write(`${phrases.recordingText(scenario.protocol.toUpperCase(), missing)}\n`);
  if (path === own) io.stderr.write(`${introduction(scenario)}\n`);
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
  return new Web(phrases.demoTitle(scenario.protocol.toUpperCase(), scenario.name), flags, io);
}

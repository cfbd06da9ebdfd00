/** `synfin live`: capture on an interface, show connections as they come and go, and the verdicts at the end. */
import { networkInterfaces } from 'node:os';
import { endpointText } from '../decode/address.js';
import { closingSentence, openingSentence } from '../explain/sentences.js';
import { type LiveOptions, liveOptions } from '../live/source.js';
import { paint, plain } from '../render/style.js';
import type { Step } from '../track/sink.js';
import { type ConnectionReport, judgeConnection } from '../verdict/report.js';
import { DONE } from './exit-codes.js';
import type { CliIo } from './io.js';
import { startSession } from './live-session.js';
import { type OutputFlags, textStyle } from './options.js';
import { createReporter, type Reporter } from './reporter.js';

export interface LiveFlags extends OutputFlags {
  interface?: string;
  filter: string;
  count?: number;
  duration?: number;
  connections?: number;
  untilIdle?: number;
  write?: string;
  backend: LiveOptions['backend'];
  snaplen?: number;
  buffer?: number;
  promiscuous?: boolean;
  direction: LiveOptions['direction'];
  drop: boolean;
}

export async function live(flags: LiveFlags, io: CliIo): Promise<number> {
  const name = flags.interface ?? loopbackName();
  const options = liveOptions(name, {
    filter: flags.filter,
    backend: flags.backend,
    promiscuous: flags.promiscuous === true,
    direction: flags.direction,
    dropPrivileges: flags.drop,
    ...(flags.snaplen === undefined ? {} : { snaplen: flags.snaplen }),
    ...(flags.buffer === undefined ? {} : { bufferMegabytes: flags.buffer }),
  });
  const reporter = watching(await createReporter(flags, io), flags, io);
  const session = await startSession(options, flags.write, reporter, flags, settingsOf(flags), io);
  io.stderr.write(`synfin: capturing on ${name} by ${session.source.info.backend}; Ctrl-C ends it\n`);
  const timers: NodeJS.Timeout[] = [];
  io.signal.addEventListener('abort', session.stop);
  if (flags.duration !== undefined) timers.push(setTimeout(session.stop, flags.duration * 1000));
  if (flags.untilIdle !== undefined) {
    const limit = flags.untilIdle * 1000;
    timers.push(
      setInterval(() => {
        if (Date.now() - session.lastPacketAt() > limit) session.stop();
      }, 100),
    );
  }
  try {
    await session.done;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    io.signal.removeEventListener('abort', session.stop);
  }
  return DONE;
}

function settingsOf(flags: OutputFlags): { maxConnections?: number } {
  return flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections };
}

/** The loopback as this system names it. */
export function loopbackName(): string {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((address) => address.internal)) return name;
  }
  return 'lo';
}

/** Adds a line on standard error for each step of a connection, where results are not read by a program. */
export function watching(reporter: Reporter, flags: OutputFlags, io: CliIo): Reporter {
  if (flags.format === 'json' || flags.format === 'ndjson') return reporter;
  const style = textStyle(flags, io);
  return {
    ...reporter,
    sink: {
      ...reporter.sink,
      step(step, snapshot) {
        const report = judgeConnection(snapshot());
        const color = step === 'failed' ? 'red' : step === 'closing' ? 'yellow' : 'green';
        io.stderr.write(`${paint(style, color, plain(stepLine(step, report), style))}\n`);
      },
    },
  };
}

function stepLine(step: Step, report: ConnectionReport): string {
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const failed = report.opening.complete ? closingSentence(report) : openingSentence(report);
  const texts: Record<Step, string> = {
    opening: 'SYN',
    opened: openingSentence(report),
    closing: `${report.closing.initiator ?? ''} closes`,
    closed: closingSentence(report),
    failed,
  };
  return `${step.padEnd(7)} ${client} → ${server}  ${texts[step]}`;
}

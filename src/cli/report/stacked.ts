/** Two sinks of one analysis: each gets what it wants, as if it were alone. */
import type { AnalysisSink } from '../../analyze.js';
import type { SegmentRow, Step, Times } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';

/** Without `connection` it wants none. */
export type Observer = Partial<AnalysisSink>;

const TIMES: readonly Times[] = ['none', 'responses', 'all'];

/** `first` is called before `second`. */
export function stacked(first: AnalysisSink, second: Observer): AnalysisSink {
  const both: readonly Observer[] = [first, second];
  const { segment, step, udpFlow, flowPacket, treated, over } = callsOf(both);
  return {
    ...(second.connection === undefined ? connectionsOf(first) : connectionsOfBoth(first, second)),
    times: (index) => more(timesOf(first, index), timesOf(second, index)),
    ...(segment === null ? {} : { segment }),
    ...(step === null ? {} : { step }),
    ...(udpFlow === null
      ? {}
      : { udpFlow, wantsUdpFlow: (index) => both.some((sink) => wantsFlow(sink, index)) }),
    ...(flowPacket === null ? {} : { flowPacket }),
    ...(treated === null ? {} : { treated }),
    ...(over === null ? {} : { over }),
  };
}

type Connections = Pick<AnalysisSink, 'wants' | 'picks' | 'connection'>;

function connectionsOf({ wants, picks, connection }: AnalysisSink): Connections {
  return { ...(wants === undefined ? {} : { wants }), ...(picks === undefined ? {} : { picks }), connection };
}

function connectionsOfBoth(first: Observer, second: Observer): Connections {
  /** Whether each picked the connection that is reported next. */
  let picked: readonly [boolean, boolean] = [true, true];
  return {
    wants: (index) => wants(first, index) || wants(second, index),
    picks: (facts) => {
      const by = (sink: Observer): boolean => wants(sink, facts.index) && sink.picks?.(facts) !== false;
      picked = [by(first), by(second)];
      return picked[0] || picked[1];
    },
    connection: (snapshot) => {
      if (picked[0]) first.connection?.(snapshot);
      if (picked[1]) second.connection?.(snapshot);
    },
  };
}

function wants(sink: Observer, index: number): boolean {
  return sink.connection !== undefined && sink.wants?.(index) !== false;
}

function wantsFlow(sink: Observer, index: number): boolean {
  return sink.udpFlow !== undefined && sink.wantsUdpFlow?.(index) !== false;
}

function timesOf(sink: Observer, index: number): Times {
  return sink.times?.(index) ?? (wants(sink, index) ? 'all' : 'none');
}

function more(a: Times, b: Times): Times {
  return TIMES.indexOf(a) > TIMES.indexOf(b) ? a : b;
}

/** What goes to both alike; null for what neither asks for, so that it is not made. */
function callsOf(both: readonly Observer[]) {
  const any = (name: keyof AnalysisSink): boolean => both.some((sink) => sink[name] !== undefined);
  return {
    segment: any('segment')
      ? (row: SegmentRow): void => {
          for (const sink of both) sink.segment?.(row);
        }
      : null,
    step: any('step')
      ? (step: Step, snapshot: () => ConnectionSnapshot): void => {
          for (const sink of both) sink.step?.(step, snapshot);
        }
      : null,
    udpFlow: any('udpFlow')
      ? (snapshot: Parameters<NonNullable<AnalysisSink['udpFlow']>>[0]): void => {
          for (const sink of both) if (wantsFlow(sink, snapshot.index)) sink.udpFlow?.(snapshot);
        }
      : null,
    flowPacket: any('flowPacket')
      ? (flow: number, packet: number): void => {
          for (const sink of both) sink.flowPacket?.(flow, packet);
        }
      : null,
    treated: any('treated')
      ? (): void => {
          for (const sink of both) sink.treated?.();
        }
      : null,
    over: any('over')
      ? (index: number): void => {
          for (const sink of both) sink.over?.(index);
        }
      : null,
  };
}

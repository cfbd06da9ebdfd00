/** Two sinks of one analysis: each gets what it wants, as if it were alone. */
import type { AnalysisSink } from '../../analysis/sink.js';
import type { Times } from '../../track/results/sink.js';

/** Without `connection` it wants none. */
export type Observer = Partial<AnalysisSink>;

const TIMES: readonly Times[] = ['none', 'responses', 'all'];

/** `first` is called before `second`. */
export function stacked(first: AnalysisSink, second: Observer): AnalysisSink {
  const flows = either('udpFlow', flowsOf(first), flowsOf(second));
  return {
    ...(second.connection === undefined ? connectionsOf(first) : connectionsOfBoth(first, second)),
    times: (index) => more(timesOf(first, index), timesOf(second, index)),
    ...either('segment', first.segment, second.segment),
    ...either('step', first.step, second.step),
    ...flows,
    ...(flows.udpFlow === undefined
      ? {}
      : { wantsUdpFlow: (index) => [first, second].some((sink) => wantsFlow(sink, index)) }),
    ...either('flowPacket', first.flowPacket, second.flowPacket),
    ...either('upTo', first.upTo, second.upTo),
    ...either('over', first.over, second.over),
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
    connection: (snapshot, drops) => {
      if (picked[0]) first.connection?.(snapshot, drops);
      if (picked[1]) second.connection?.(snapshot, drops);
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

/** Is called for all flows, and passes on those that are wanted. */
function flowsOf(sink: Observer): AnalysisSink['udpFlow'] {
  if (sink.udpFlow === undefined) return undefined;
  return (snapshot, drops) => {
    if (wantsFlow(sink, snapshot.index)) sink.udpFlow?.(snapshot, drops);
  };
}

/** Joins two calls into one member; no member where neither is wanted, so that no call is made. */
function either<Name extends string, Args extends readonly unknown[]>(
  name: Name,
  first: ((...args: Args) => void) | undefined,
  second: ((...args: Args) => void) | undefined,
): { [key in Name]?: (...args: Args) => void } {
  const call =
    first === undefined || second === undefined
      ? (first ?? second)
      : (...args: Args): void => {
          first(...args);
          second(...args);
        };
  return call === undefined ? {} : ({ [name]: call } as { [key in Name]: typeof call });
}

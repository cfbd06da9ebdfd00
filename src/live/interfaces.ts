/**
 * The interfaces of this machine, and whether capturing on them would work: each is opened once to find out.
 */
import type { Advice } from '../error-kinds/capturing.js';
import type { ErrorValues } from '../errors.js';
import { bringUpCommand, explainFailure, permissionAdvice } from './advice.js';
import { type Backend, type FailureCode, liveOptions, type ProbeResult, StartFailure } from './control.js';
import { HelperProcess } from './helper-process.js';
import { type InterfaceState, interfaceStates } from './interface-state.js';

/** Failures of libpcap that another source may not have. */
const ELSEWHERE = new Set<FailureCode>(['not-permitted', 'unavailable']);

export interface InterfaceReport extends InterfaceState {
  /** The source that would be used; null where none works. */
  backend: Backend | null;
  /** What kind of failure it would be; null where capturing would work. */
  failure: FailureCode | null;
  /** Why capturing would not work; null where it would. */
  problem: ErrorValues | null;
  /** The one command that would make it work; null where none is needed or known. */
  command: string | null;
  /** How to get the right to capture, where that lacks. */
  advice: readonly Advice[] | null;
}

/** Every interface in the system's order, on Linux followed by `any`. Takes about 0.2 s. */
export async function listInterfaces(): Promise<InterfaceReport[]> {
  const states = interfaceStates();
  if (process.platform === 'linux') {
    states.push({ name: 'any', addresses: [], up: true, loopback: false, linkType: 276 });
  }
  const probed = await probe(states.map(({ name }) => name));
  const byName = new Map(probed.map((result) => [result.interface, result]));
  // Rights are the same on every interface, so the other sources are tried on one.
  const blocked = probed.some(({ failure }) => failure !== null && ELSEWHERE.has(failure.code));
  const other = blocked ? await otherBackend(states.find(({ up }) => up)?.name ?? 'lo') : null;
  return states.map((state) => report(state, byName.get(state.name) ?? null, other));
}

function report(state: InterfaceState, probed: ProbeResult | null, other: Backend | null): InterfaceReport {
  const linkType = probed?.linkType ?? state.linkType;
  const works = { ...state, linkType, failure: null, problem: null, command: null, advice: null };
  // What could be opened is up, whatever /sys shows.
  if (probed !== null && probed.failure === null) return { ...works, up: true, backend: 'libpcap' };
  const reported = probed?.failure?.code ?? 'failed';
  // Where nothing may be opened, not even that is reported.
  const code = ELSEWHERE.has(reported) && other !== null && !state.up ? 'interface-down' : reported;
  if (other !== null && ELSEWHERE.has(code)) return { ...works, backend: other };
  const failure = new StartFailure(code, probed?.failure?.why ?? { kind: 'helper-no-answer' });
  const { values: problem } = explainFailure(failure, liveOptions(state.name), 'libpcap');
  const permission = code === 'not-permitted' ? permissionAdvice(['live', '-i', state.name]) : null;
  const command = code === 'interface-down' ? bringUpCommand(state.name) : (permission?.command ?? null);
  const advice = permission?.advice ?? null;
  const up = state.up && code !== 'interface-down';
  return { ...state, up, linkType, backend: null, failure: code, problem, command, advice };
}

/** Opens each with libpcap in one helper. Where libpcap itself is missing, each result says so. */
async function probe(names: string[]): Promise<ProbeResult[]> {
  const helper = new HelperProcess({ task: 'probe', interfaces: names });
  let results: ProbeResult[] | null = null;
  let failure: ProbeResult['failure'] = null;
  helper.onMessage = (message) => {
    if (message.type === 'probe') results = message.results;
    if (message.type === 'failure') failure = { code: message.code, why: message.why };
  };
  helper.stream.resume();
  const end = await helper.ended;
  const why = end.why ?? ({ kind: 'helper-no-answer' } as const);
  const everyone = failure ?? { code: 'failed' as const, why };
  return results ?? names.map((name) => ({ interface: name, linkType: null, failure: everyone }));
}

/** The first of the other sources that can open this interface, or null. */
async function otherBackend(name: string): Promise<Backend | null> {
  for (const backend of ['tcpdump', 'dumpcap', 'cap'] as const) {
    const helper = new HelperProcess({ task: 'capture', backend, options: liveOptions(name) });
    helper.stream.resume();
    const works = await helper.ready.then(
      () => true,
      () => false,
    );
    await helper.stop();
    if (works) return backend;
  }
  return null;
}

/** What a command says while it runs, next to its results. */
import { byteAmount, byteCount, count, grouped } from './quantities.js';

/** `zone`: of the times that lines show, as `+02:00`; null where it need not be said. */
export function capturingText(name: string, backend: string, zone: string | null): string {
  const clock = zone === null ? '' : `; times are UTC${zone === '+00:00' ? '' : zone}`;
  return `capturing on ${name} by ${backend}${clock}; Ctrl-C ends it`;
}

export function processesText(user: number): string {
  return `--process sees the processes of user ${user} only; with --no-drop, all`;
}

/** The name of what is captured, where a file has its path. */
export function liveCaptureOn(name: string): string {
  return `live capture on ${name}`;
}

export function savedBytesText(snaplen: number): string {
  return `of each packet at most ${snaplen} bytes are saved (snap length)`;
}

/** Writing failed, as `failure` says. */
export function withoutWriting(failure: string): string {
  return `${failure}; the analysis goes on without writing`;
}

export function captureEndedAt(bytes: number): string {
  return `the capture ended at ${byteAmount(bytes)}; with -w FILE it goes on`;
}

/** Titles of synfin browse. */
export function browseTitle(files: number): string {
  return `synfin ${files} files`;
}

export function browseLiveTitle(name: string): string {
  return `synfin live on ${name}`;
}

export const COMMAND_ON_FILE: string = 'with -w FILE, a command on the file prints the same';

export function connectionGone(index: number): string {
  return `there is no connection ${index} any more: the file has changed`;
}

/** `missing`: the scenario that there is no recording of, null where there is one. */
export function recordingText(protocol: string, missing: string | null): string {
  const other =
    missing === null ? '' : ` (of the scenario "simple"; there is none of "${missing}" in this installation)`;
  return `This is a RECORDING of the ${protocol} demo${other}, not a live capture:`;
}

/** Of --web. */
export function livePageText(address: string): string {
  return `live page, for this machine alone: ${address}`;
}

export const DEMO_WAITS: string = 'the demo begins when the page is open';
export const PAGE_STAYS: string = 'the page stays until Ctrl-C';

/** The title of the page of a demo. */
export function demoTitle(protocol: string, scenario: string): string {
  return `${protocol} demo "${scenario}"`;
}

/** In `synfin demo tcp --scenario NAME`. */
export const SCENARIO_PLACE: string = 'NAME';

export function notWritten(file: string): string {
  return `nothing was captured, so ${file} is not written`;
}

/** A page that was written. `connections`: null of one without a capture; `shown`: those with segments, null for all. */
export function pageText(
  bytes: number,
  connections: { count: number; shown: number | null; left: number } | null,
): string {
  const size = byteAmount(bytes);
  if (connections === null) return `${size}, a page that takes a capture dropped on it`;
  const { count: all, shown, left } = connections;
  const parts = [size, count(all, 'connection')];
  if (shown !== null) parts.push(`${grouped(shown)} of them with segments`);
  if (left > 0) parts.push(`${grouped(left)} left out`);
  return parts.join(', ');
}

/** A connection that was asked for and is not there: how many there are, and the last one's number. */
export function noSuchConnection(index: number, connections: number, last: number): string {
  return `there is no connection ${index}: ${indicesText(connections, last)}`;
}

function indicesText(connections: number, last: number): string {
  if (connections === 0) return 'none was found';
  if (connections !== last + 1) return `${connections} were found, up to number ${last}`;
  return connections === 1 ? 'only connection 0 was found' : `0 to ${last} were found`;
}

/** Why there is no picture. */
export function noTcpText(format: string, udpFlows: number): string {
  const other = udpFlows > 0 ? `; it has ${count(udpFlows, 'UDP flow')}: --format ladder shows them` : '';
  return `--format ${format} shows a TCP connection, and this capture has none${other}`;
}

export const NO_CONNECTION_OF_NUMBER: string = '--connection: this capture has no connection of that number';
export const NOTHING_TO_DRAW: string = 'no connection matches: there is nothing to draw';

export function tooManyText(format: string, most: number, matching: number): string {
  return `--format ${format} shows ${most === 1 ? 'one connection' : `${most} connections at most`}, and there are ${matching} to choose from`;
}

/** Of a capture without a TCP connection. */
export function tooManyFlowsText(format: string, flows: number): string {
  return `--format ${format} shows one UDP flow, and there are ${grouped(flows)} to choose from`;
}

export const CHOOSE_FLOW: string = "choose with --where, for instance 'server.port == 53'";
export const CHOOSE_CONNECTION: string = 'choose with --connection N; the table has their numbers';

/** Of --verbose. */
export function commentText(packet: number | null, text: string): string {
  return `comment${packet === null ? '' : ` on packet ${packet}`}: ${text}`;
}

export interface FileFacts {
  format: string;
  compression: string | null;
  packets: number;
  bytes: number;
  /** Lost packets; null where the file does not say. */
  drops: { kernel: number | null; interface: number | null } | null;
  damaged: boolean;
}

export function fileFactsText({ format, compression, packets, bytes, drops, damaged }: FileFacts): string {
  const packed = compression === null ? '' : ` in ${compression}`;
  const lost = drops === null ? '' : `, ${dropsText(drops)}`;
  return `${format}${packed}, ${count(packets, 'packet')}, ${byteCount(bytes)}${lost}${damaged ? ', damaged' : ''}`;
}

function dropsText({ kernel, interface: byInterface }: NonNullable<FileFacts['drops']>): string {
  const parts = [
    kernel === null ? null : `${kernel} by the system`,
    byInterface === null ? null : `${byInterface} by the interface`,
  ];
  return `lost: ${parts.filter((part) => part !== null).join(', ')}`;
}

/** `snaplen`: 0 for none. */
export function interfaceText(index: number, name: string | null, link: string, snaplen: number): string {
  const limit = snaplen === 0 ? 'no snap length' : `snap length ${snaplen}`;
  return `interface ${index}${name === null ? '' : ` ${name}`}: ${link}, ${limit}`;
}

export function moreInterfacesText(n: number): string {
  return `and ${count(n, 'more interface')}`;
}

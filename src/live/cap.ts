/**
 * The npm package cap as a source, in a separate helper process.
 *
 * cap 0.2.1 gives no kernel time and no losses, so packets get the time at which they arrive here, and
 * the kernel's socket is asked directly for losses where koffi can be loaded. Its bugs are worked around as follows:
 * - after a failed open, `close()` or the next garbage collection crashes: the process ends instead;
 * - an object opens once only, and only on the main thread: one object, here, for the life of the process;
 * - it keeps a bare pointer to the buffer: a variable with the same lifetime refers to the buffer;
 * - it reuses that buffer: each packet is copied out at once;
 * - while packets come faster than they are handled, the event loop is blocked: a second thread listens for
 *   `stop`, and counting and writing happen in the packet handler itself;
 * - it aborts when the interface goes away: the main process sees that and says so.
 */
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CapturingNote } from '../error-kinds/capturing.js';
import { DEFAULT_SNAPLEN, type LiveOptions, StartFailure, send, wordsOf } from './control.js';
import { checkFilter } from './libpcap.js';
import { LossCounter } from './loss-counter.js';
import { loadPacketSocketCalls, type PacketSocketCalls, packetSocketDescriptors } from './packet-socket.js';
import { giveUpRights } from './privileges.js';
import { RecordWriter } from './record-writer.js';
import { failureCodeOf } from './tool.js';

/** cap asks for whole packets, each in a slot of up to 128 KiB on the loopback: less than this loses quickly. */
const SMALLEST_BUFFER_MEGABYTES = 64;
/** The snap length that cap always asks for. It does not report the original length of a packet. */
const MAX_PACKET = 65535;
/** Packets between two looks at the clock and at `stop`. */
const LOOK_EVERY = 64;
/** Slots of the largest ring: after this many packets, everything captured before `stop` has been read. */
const DRAIN_PACKETS = 100_000;
/** Turns of the timer without a packet, after which the ring is empty. */
const QUIET_TURNS = 5;

interface CapObject {
  open(device: string, filter: string, bufferSize: number, buffer: Buffer): string;
  close(): boolean;
  on(event: 'packet', listener: (bytes: number, truncated: boolean) => void): void;
}

interface CapModule {
  Cap: { new (): CapObject; deviceList(): { name: string }[] };
}

/** LINKTYPE_ values of the names that cap gives; any other name ends in the number. */
const LINK_TYPES: Record<string, number> = {
  NULL: 0,
  ETHERNET: 1,
  RAW: 101,
  LINKTYPE_LINUX_SLL: 113,
  IEEE802_11_RADIO: 127,
};

function loadCap(): CapModule {
  try {
    return createRequire(import.meta.url)('cap') as CapModule;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const missing = message.includes("'cap'");
    throw new StartFailure('unavailable', {
      kind: missing ? 'package-missing' : 'package-not-built',
      name: 'cap',
    });
  }
}

/** Captures until standard input ends. @throws StartFailure before it began; then the process has to end. */
export async function captureWithCap(options: LiveOptions): Promise<void> {
  const { Cap } = loadCap();
  if (options.direction !== 'both')
    throw new StartFailure('unsupported', { kind: 'no-direction', source: 'cap' });
  if (!Cap.deviceList().some(({ name }) => name === options.interface)) {
    throw new StartFailure('no-interface', 'No such device exists');
  }
  await checkFilterWherePossible(options.filter);
  const notes: CapturingNote[] = [{ kind: 'no-kernel-times' }];
  const socketCalls = process.platform === 'linux' ? await loadPacketSocketCalls().catch(() => null) : null;
  const before = new Set(socketCalls === null ? [] : packetSocketDescriptors());

  const cap = new Cap();
  const buffer = Buffer.alloc(MAX_PACKET);
  const megabytes = Math.max(options.bufferMegabytes, SMALLEST_BUFFER_MEGABYTES);
  const linkName = openOrFail(cap, options, Math.min(megabytes * 2 ** 20, 0x7fffffff), buffer);
  const linkType = LINK_TYPES[linkName] ?? Number(/\d+$/.exec(linkName)?.[0] ?? 1);
  const socket = socketCalls === null ? undefined : packetSocketDescriptors().find((fd) => !before.has(fd));
  const losses =
    socket === undefined || socketCalls === null ? null : watchLosses(socketCalls, socket, options);
  if (losses === null) notes.push({ kind: 'losses-unknown' });

  preferThisProcess();
  const droppedTo = await giveUpRights(options, notes);
  const snaplen = Math.min(options.snaplen ?? DEFAULT_SNAPLEN, MAX_PACKET);
  const writer = new RecordWriter(linkType, snaplen);
  const stopFlag = listenForStop();
  send({ type: 'ready', clock: 'user-space', precision: 'us', linkType, snaplen, notes, droppedTo });
  await run(cap, buffer, writer, stopFlag, losses);
}

function openOrFail(cap: CapObject, options: LiveOptions, bytes: number, buffer: Buffer): string {
  try {
    return cap.open(options.interface, options.filter, bytes, buffer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Not collected before the process ends: that would crash it.
    setInterval(() => cap, 2 ** 30);
    throw new StartFailure(/filter/i.test(message) ? 'bad-filter' : failureCodeOf(message), message);
  }
}

async function checkFilterWherePossible(filter: string): Promise<void> {
  const ethernet = 1;
  await checkFilter(filter, ethernet).catch((error: unknown) => {
    if (error instanceof StartFailure && error.code === 'unavailable') return;
    throw error;
  });
}

interface Losses {
  counter: LossCounter;
  update(): void;
}

function watchLosses(calls: PacketSocketCalls, socket: number, options: LiveOptions): Losses {
  const twice = options.interface === 'lo' && !calls.ignoreOutgoing(socket);
  const counter = new LossCounter(twice ? 2 : 1);
  calls.takeStatistics(socket);
  return { counter, update: () => counter.add(calls.takeStatistics(socket)?.dropped ?? 0) };
}

/** The ring has room for about 1,000 packets: how long they wait for a processor decides how many are lost. */
function preferThisProcess(): void {
  try {
    setPriority(-10);
  } catch {
    // Only root may; it works without.
  }
}

/** A thread that sets the flag when standard input ends: this one may be too busy to hear it. */
function listenForStop(): Int32Array {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    const { workerData } = require('node:worker_threads');
    const stop = () => Atomics.store(workerData, 0, 1);
    const input = new (require('node:net').Socket)({ fd: 0, readable: true, writable: false });
    input.on('error', stop).on('close', stop).resume();`;
  const listener = new Worker(source, { eval: true, workerData: flag });
  listener.unref();
  listener.once('error', (error) => {
    // without it nothing could end this process in order
    send({ type: 'end', reason: 'failed', why: { kind: 'no-stop-thread', why: wordsOf(error.message) } });
    process.exit(1);
  });
  process.on('SIGTERM', () => Atomics.store(flag, 0, 1));
  return flag;
}

function run(cap: CapObject, buffer: Buffer, writer: RecordWriter, stop: Int32Array, losses: Losses | null) {
  return new Promise<void>((resolve) => {
    let packets = 0;
    let afterStop = 0;
    let quietTurns = 0;
    let seen = 0;
    let nextCount = Date.now() + 1000;
    let over = false;
    const count = () => {
      losses?.update();
      if (losses !== null) send({ type: 'counters', ...losses.counter.now(packets), interfaceDropped: null });
    };
    const finish = () => {
      if (over) return;
      over = true;
      clearInterval(timer);
      count();
      writer.flush();
      cap.close();
      send({ type: 'end', reason: 'stopped', why: null });
      resolve();
    };
    const look = () => {
      const now = Date.now();
      if (now >= nextCount) {
        nextCount = now + 1000;
        count();
      }
      if (Atomics.load(stop, 0) === 1 && afterStop === 0) afterStop = packets;
    };
    cap.on('packet', (bytes) => {
      if (over) return;
      if (!writer.write(buffer, bytes)) return finish();
      if (++packets % LOOK_EVERY === 0) look();
      if (afterStop > 0 && packets - afterStop > DRAIN_PACKETS) finish();
    });
    // cap reads between two runs of this timer, but a run may itself wait long for the main process.
    const timer = setInterval(() => {
      look();
      quietTurns = packets === seen ? quietTurns + 1 : 0;
      seen = packets;
      if (!writer.flush() || (Atomics.load(stop, 0) === 1 && quietTurns >= QUIET_TURNS)) finish();
    }, 10);
  });
}

/**
 * The capture helper: a separate process that opens the interface and writes the capture stream.
 *
 * Native code lives and crashes here alone. The helper ends when its standard input does: the main process closes
 * it to stop, and the system closes it when the main process dies, however it dies.
 */
import { Socket } from 'node:net';
import { type ErrorValues, UserError } from '../errors.js';
import {
  type FailureCode,
  type HelperRequest,
  type ProbeResult,
  StartFailure,
  send,
  wordsOf,
} from './control.js';

/**
 * Runs the task that the one JSON argument describes (`HelperRequest`).
 *
 * @returns the exit code: 0 when the task ended in order, 1 when it could not start or broke off. Why is said in
 * the control messages.
 */
export async function captureHelper(argv: string[]): Promise<number> {
  // Ctrl-C goes to every process of the terminal; the main process decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  try {
    const request = JSON.parse(argv[0] ?? '') as HelperRequest;
    if (request.task === 'probe') {
      send({ type: 'probe', results: await probe(request.interfaces) });
      return 0;
    }
    await capture(request);
    return 0;
  } catch (error) {
    send({ type: 'failure', ...failureOf(error) });
    return 1;
  }
}

async function capture({ backend, options }: Extract<HelperRequest, { task: 'capture' }>): Promise<void> {
  if (backend === 'cap') {
    // It watches standard input for itself: during a flood this thread never comes back to its event loop.
    return (await import('./cap.js')).captureWithCap(options);
  }
  const stop = standardInputEnds();
  if (backend === 'libpcap') return (await import('./libpcap.js')).captureWithLibpcap(options, stop);
  if (backend === 'tcpdump') return (await import('./tcpdump.js')).captureWithTcpdump(options, stop);
  return (await import('./dumpcap.js')).captureWithDumpcap(options, stop);
}

function failureOf(error: unknown): { code: FailureCode; why: ErrorValues } {
  if (error instanceof StartFailure) return { code: error.code, why: error.values };
  if (error instanceof UserError && error.values !== null) return { code: 'failed', why: error.values };
  return { code: 'failed', why: wordsOf(error instanceof Error ? error.message : String(error)) };
}

function standardInputEnds(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const input = new Socket({ fd: 0, readable: true, writable: false });
  input.on('error', stop).on('close', stop).resume();
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** Opens each interface and closes it again. @throws StartFailure where libpcap itself is missing. */
async function probe(interfaces: string[]): Promise<ProbeResult[]> {
  const { loadLibpcap } = await import('./libpcap-binding.js');
  const { tryToOpen } = await import('./libpcap.js');
  const libpcap = await loadLibpcap();
  return interfaces.map((name) => {
    try {
      return { interface: name, linkType: tryToOpen(libpcap, name), failure: null };
    } catch (error) {
      return { interface: name, linkType: null, failure: failureOf(error) };
    }
  });
}

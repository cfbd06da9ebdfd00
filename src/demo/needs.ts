/** What a scenario requires, and why this machine does not have it. */
import { createServer } from 'node:net';
import { errorCode } from '../errors.js';
import { whyNoFastOpen } from './fast-open-socket.js';
import { insideNamespace, type Lack, whyNoNamespace } from './namespace.js';

export type Need =
  /** What Linux does where a queue is full. */
  | 'linux'
  | 'ipv6'
  /** Another MTU: root, and a separate network namespace. */
  | 'namespace'
  /** That a packet is lost: the same, and nftables. */
  | 'firewall'
  /** Slow packets: the same, and tc. */
  | 'delay'
  /** An option that Node.js cannot set: a namespace, and koffi. */
  | 'fast-open';

/** For each need of a namespace, the programs that change its network. */
const PROGRAMS = {
  namespace: ['ip'],
  firewall: ['ip', 'nft'],
  delay: ['ip', 'tc'],
  'fast-open': ['ip'],
} satisfies Partial<Record<Need, readonly string[]>>;

/** Null where the scenario can be played. */
export async function whyUnavailable(need: Need | undefined): Promise<Lack | null> {
  switch (need) {
    case undefined:
      return null;
    case 'linux':
      return process.platform === 'linux' ? null : { error: { kind: 'needs-linux' } };
    case 'ipv6':
      return await whyNoIpv6();
    default:
      return insideNamespace() ? null : (whyNoNamespace(PROGRAMS[need]) ?? (await furtherLack(need)));
  }
}

/** True where the scenario changes its network, so that it has to run in a separate namespace. */
export function needsNamespace(need: Need | undefined): boolean {
  return need !== undefined && need in PROGRAMS;
}

async function furtherLack(need: Need): Promise<Lack | null> {
  return need === 'fast-open' ? await whyNoFastOpen() : null;
}

function whyNoIpv6(): Promise<Lack | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve({ error: { kind: 'needs-ipv6', system: errorCode(error) } }));
    server.listen(0, '::1', () => server.close(() => resolve(null)));
  });
}

/**
 * What the kernel of this machine says of watched connections: which processes own their sockets, and the state of each.
 * Best effort: only for ends on this machine, and only while their sockets exist.
 */
import { networkInterfaces } from 'node:os';
import { type FourTuple, readSocketTable, type SocketTable } from '../../live/kernel-state.js';
import { findOwners, type ProcessOwner } from '../../live/process-owner.js';
import type { SegmentRow } from '../../track/results/sink.js';
import { type StateName, stateName } from '../../track/rfc9293/transition.js';
import type { ConnectionReport, EndpointAddress } from '../../verdict/report.js';

export interface Ends<T> {
  client: T;
  server: T;
}

export interface KernelView {
  /** Null: it has no socket of this connection. */
  kernel: string | null;
  inferred: StateName;
  agrees: boolean;
}

type Addresses = Pick<ConnectionReport, 'index' | 'client' | 'server'>;

/** Inferred states in which the kernel has no socket of this connection (any more, or not yet). */
const WITHOUT_SOCKET: ReadonlySet<StateName> = new Set<StateName>(['CLOSED', 'LISTEN', 'unseen']);
/** Connections whose owners are looked for at a time; more at once are a flood. */
const MAX_AT_A_TIME = 1000;

export class WatchedSockets {
  readonly #owners = new Map<number, Ends<ProcessOwner | null>>();
  readonly #states = new Map<number, Ends<StateName>>();
  readonly #wanted = new Map<number, Addresses>();
  #table: SocketTable | null = null;
  #local = new Set<string>();

  constructor(private readonly wants: { process: boolean; kernel: boolean }) {}

  /** To be looked for with the next `look`. */
  begin(connection: Addresses): void {
    const { index } = connection;
    const known = this.#owners.get(index);
    // a server has its socket only once it has accepted, so what was not found is looked for again
    if (!this.wants.process || (known?.client && known.server) || this.#wanted.size >= MAX_AT_A_TIME) return;
    this.#wanted.set(index, connection);
  }

  /** Takes note of the states after a segment. */
  note({ connection, clientSide, states }: SegmentRow): void {
    if (!this.wants.kernel) return;
    const [client, server] = clientSide === 0 ? states : [states[1], states[0]];
    this.#states.set(connection, { client: stateName(client), server: stateName(server) });
  }

  /** Reads the kernel's tables. Never rejects. */
  async look(): Promise<void> {
    this.#table = await readSocketTable();
    this.#local = new Set(
      Object.values(networkInterfaces()).flatMap((all) => all?.map((one) => one.address) ?? []),
    );
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    if (wanted.length === 0) return;
    const tuples = wanted.flatMap(({ client, server }) => [tupleOf(client, server), tupleOf(server, client)]);
    const found = await findOwners(tuples, this.#table);
    wanted.forEach(({ index }, at) => {
      const known = this.#owners.get(index);
      this.#owners.set(index, {
        client: found[2 * at] ?? known?.client ?? null,
        server: found[2 * at + 1] ?? known?.server ?? null,
      });
    });
  }

  owners(index: number): Ends<ProcessOwner | null> {
    return this.#owners.get(index) ?? { client: null, server: null };
  }

  /** Each end's state by the kernel next to the inferred one; null for an end on another machine. */
  compare({ index, client, server }: Addresses): Ends<KernelView | null> {
    const inferred = this.#states.get(index);
    const view = (
      own: EndpointAddress,
      other: EndpointAddress,
      end: StateName | undefined,
    ): KernelView | null => {
      if (this.#table === null || end === undefined || !this.#isLocal(own.address)) return null;
      const kernel = this.#table.state(tupleOf(own, other));
      const agrees = kernel === null ? WITHOUT_SOCKET.has(end) : kernel === end;
      return { kernel, inferred: end, agrees };
    };
    return {
      client: view(client, server, inferred?.client),
      server: view(server, client, inferred?.server),
    };
  }

  /** The connection is over and printed. */
  forget(index: number): void {
    this.#owners.delete(index);
    this.#states.delete(index);
    this.#wanted.delete(index);
  }

  #isLocal(address: string): boolean {
    return address.startsWith('127.') || this.#local.has(address);
  }
}

function tupleOf(own: EndpointAddress, other: EndpointAddress): FourTuple {
  return {
    localAddress: own.address,
    localPort: own.port,
    remoteAddress: other.address,
    remotePort: other.port,
  };
}

/** The groups that connections are in, numbered as they come, and how many connections each has. */
import { addressText, endpointText } from '../decode/address.js';
import { networkOf } from '../decode/network.js';
import { sideAddress } from '../track/results/side-address.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import { DIMENSIONS, type Dimension } from './stands-out.js';

/** Groups of a dimension beyond these are not distinguished. */
const MAX_GROUPS = 100_000;
/** Clients are grouped by these first bits. */
const NETWORK_BITS_4 = 24;
const NETWORK_BITS_6 = 64;

interface Numbered {
  readonly ids: Map<number | string, number>;
  readonly names: (number | string)[];
  readonly totals: number[];
}

const numbered = (): Numbered => ({ ids: new Map(), names: [], totals: [] });

export class GroupIds {
  /** Groups were left out, as there are too many. */
  isFull = false;
  private readonly dimensions: Readonly<Record<Dimension, Numbered>> = {
    pair: numbered(),
    server: numbered(),
    client: numbered(),
    network: numbered(),
    port: numbered(),
    second: numbered(),
  };
  private readonly found = new Int32Array(DIMENSIONS.length);

  /** Counts a connection in all its groups; gives their numbers in the order of DIMENSIONS, valid until the next call. */
  count(facts: LocatedFacts): Int32Array {
    const serverSide = facts.clientSide === 0 ? 1 : 0;
    const port = facts.ports[serverSide];
    const host = addressKey(facts, serverSide);
    const client = addressKey(facts, facts.clientSide);
    const { found } = this;
    const server = this.add('server', typeof host === 'number' ? host * 65_536 + port : `${host} ${port}`);
    const network = this.add('network', networkKey(client));
    found[0] = this.add('pair', network * MAX_GROUPS + server);
    found[1] = server;
    found[2] = this.add('client', client);
    found[3] = network;
    found[4] = this.add('port', port);
    found[5] = this.add('second', Math.floor(facts.startedAt / 1e9));
    return found;
  }

  private add(dimension: Dimension, key: number | string): number {
    const { ids, names, totals } = this.dimensions[dimension];
    let id = ids.get(key);
    if (id === undefined) {
      if (names.length >= MAX_GROUPS) {
        this.isFull = true;
        return 0;
      }
      id = names.length;
      ids.set(key, id);
      names.push(key);
      totals.push(0);
    }
    totals[id] = (totals[id] ?? 0) + 1;
    return id;
  }

  totals(): number[][] {
    return DIMENSIONS.map((dimension) => this.dimensions[dimension].totals);
  }

  nameOf(dimension: Dimension, id: number): string {
    const key = this.dimensions[dimension].names[id] ?? '';
    switch (dimension) {
      case 'pair': {
        const pair = Number(key);
        const network = this.nameOf('network', Math.floor(pair / MAX_GROUPS));
        return `${network} → ${this.nameOf('server', pair % MAX_GROUPS)}`;
      }
      case 'server': {
        if (typeof key === 'number') return endpointText(ipv4(Math.floor(key / 65_536)), key % 65_536);
        const [address = '', port = ''] = key.split(' ');
        return endpointText(address, Number(port));
      }
      case 'client':
        return typeof key === 'number' ? ipv4(key) : key;
      case 'network':
        return typeof key === 'number' ? `${ipv4(key * 256)}/${NETWORK_BITS_4}` : key;
      default:
        return String(key);
    }
  }
}

/** IPv4 addresses are numbers, which cost less than text. */
function addressKey(facts: LocatedFacts, side: number): number | string {
  return facts.version === 4 ? (facts.words[side * 4 + 3] ?? 0) >>> 0 : sideAddress(facts, side);
}

function networkKey(client: number | string): number | string {
  return typeof client === 'number' ? Math.floor(client / 256) : networkOf(client, NETWORK_BITS_6);
}

function ipv4(value: number): string {
  return addressText(4, 0, 0, 0, value);
}

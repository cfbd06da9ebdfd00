import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  type FourTuple,
  parseSocketTable,
  readSocketTable,
  SocketTable,
} from '../../src/live/kernel-state.js';
import { findOwners } from '../../src/live/process-owner.js';

vi.setConfig({ testTimeout: 20_000 });

const LINUX = process.platform === 'linux';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const V4 =
  '   0: 0100007F:1F90 0200007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 20 4 30 10 -1';
const V6 =
  '   1: 00000000000000000000000001000000:1F90 B80D0120000000000000000001000000:0016 08 00000000:00000000 00:00000000 00000000     0        0 12 1';
const MAPPED =
  '   2: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000200007F:0050 06 00000000:00000000 03:00000000 00000000     0        0 0 3';

describe('parseSocketTable', () => {
  it('reads addresses of both families, the state and the owner', () => {
    const [four, six] = parseSocketTable([HEAD, V4, V6].join('\n'));
    expect(four).toEqual({
      localAddress: '127.0.0.1',
      localPort: 8080,
      remoteAddress: '127.0.0.2',
      remotePort: 50000,
      state: 'ESTABLISHED',
      uid: 1000,
      inode: 4711,
    });
    expect(six).toMatchObject({
      localAddress: '::1',
      remoteAddress: '2001:db8::1',
      remotePort: 22,
      state: 'CLOSE-WAIT',
    });
  });

  it('takes an IPv4 address within IPv6 for the IPv4 address on the wire', () => {
    const table = new SocketTable(parseSocketTable([HEAD, MAPPED].join('\n')));
    const tuple = { localAddress: '127.0.0.1', localPort: 8080, remoteAddress: '127.0.0.2', remotePort: 80 };
    expect(table.state(tuple)).toBe('TIME-WAIT');
    expect(table.find(tuple)?.inode).toBe(0);
  });

  it('finds an address however it is spelled', () => {
    const table = new SocketTable(parseSocketTable([HEAD, V6].join('\n')));
    const remoteAddress = '2001:DB8:0:0::0:1';
    expect(table.state({ localAddress: '0::1', localPort: 8080, remoteAddress, remotePort: 22 })).toBe(
      'CLOSE-WAIT',
    );
    expect(table.state({ localAddress: '::1', localPort: 8081, remoteAddress, remotePort: 22 })).toBe(null);
  });

  it('leaves out lines that make no sense', () => {
    expect(
      parseSocketTable(
        [HEAD, '   0: 0100007F:1F90 nonsense 01', '   1: 0100007F:1F90 0100007F:1F91 FF', ''].join('\n'),
      ),
    ).toEqual([]);
  });
});

describe.skipIf(!LINUX)('the kernel of this machine (Linux only)', () => {
  it.each([
    ['IPv4', '127.0.0.1'],
    ['IPv6', '::1'],
  ])('reports each state of a live connection, and its process: %s', async (_, host) => {
    let accepted: Socket | undefined;
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      accepted = socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const client = connect({ port, host, allowHalfOpen: true }).resume();
    await new Promise((resolve) => client.once('connect', resolve));
    await delay(20);
    const ours: FourTuple = {
      localAddress: host,
      localPort: client.localPort ?? 0,
      remoteAddress: host,
      remotePort: port,
    };
    const theirs: FourTuple = {
      localAddress: host,
      localPort: port,
      remoteAddress: host,
      remotePort: ours.localPort,
    };
    const states = async () => {
      const table = await readSocketTable();
      return [table.state(ours), table.state(theirs)];
    };
    expect(await states()).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    const nobody: FourTuple = { ...ours, localPort: 1 };
    const owners = await findOwners([ours, nobody, theirs], await readSocketTable());
    expect(owners.map((owner) => owner?.pid ?? null)).toEqual([process.pid, null, process.pid]);
    expect(owners[0]?.name).not.toBe('');

    client.end();
    await delay(50);
    expect(await states()).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
    accepted?.end();
    await delay(50);
    expect(await states()).toEqual(['TIME-WAIT', null]);
    expect(await findOwners([ours], await readSocketTable())).toEqual([null]);
    server.close();
  });
});

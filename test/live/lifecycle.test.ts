import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LiveInfo, liveOptions, openLive } from '../../src/live/source.js';
import { readCapture } from './read-pcap.js';
import {
  allGone,
  collect,
  compiledHelper,
  descendants,
  echoServer,
  namespace,
  needs,
  Watch,
} from './setup.js';

const BACKENDS = ['libpcap', 'tcpdump', 'dumpcap', 'cap'] as const;
const NOBODY = 65534;

beforeAll(compiledHelper, 60_000);

interface Finished {
  ended: { reason: string; message: string | null };
  counters: { received: number | null };
  stream: string;
}

describe.each(BACKENDS)('%s', (backend) => {
  const packages = backend === 'libpcap' ? 'koffi' : backend;

  it('leaves nothing running when the main process is killed', async (context) => {
    needs(context, 'root', packages);
    // An interface with no traffic: nothing is written, so there is no broken pipe to notice.
    const watch = new Watch({ name: 'lo', options: { backend, filter: 'udp port 9' } });
    await watch.next();
    const pids = descendants(watch.child.pid ?? 0);
    expect(pids.length).toBe(backend === 'tcpdump' || backend === 'dumpcap' ? 2 : 1);
    watch.child.kill('SIGKILL');
    expect(await allGone(pids, 3000)).toBe(true);
  }, 20_000);

  it('reports when its helper is killed, and leaves nothing running', async (context) => {
    needs(context, 'root', packages);
    const watch = new Watch({ name: 'lo', options: { backend, filter: 'udp port 9' } });
    await watch.next();
    const pids = descendants(watch.child.pid ?? 0);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    const { ended } = await watch.next<Finished>();
    const why = { kind: 'ended-by-signal', program: null, signal: 'SIGKILL', why: null };
    expect(ended).toEqual({ reason: 'failed', why });
    expect(await allGone(pids, 3000)).toBe(true);
  }, 20_000);

  it('is not ended by Ctrl-C, which the terminal sends to every process', async (context) => {
    needs(context, 'root', packages);
    const watch = new Watch({ name: 'lo', options: { backend, filter: 'udp port 9' } });
    await watch.next();
    const helper = descendants(watch.child.pid ?? 0)[0] ?? 0;
    process.kill(helper, 'SIGINT');
    await delay(200);
    expect(await allGone([helper], 0)).toBe(false);
    // A process group of its own: the terminal's Ctrl-C does not even reach it.
    expect(statField(helper, 2)).toBe(helper);
    watch.stop();
    expect((await watch.next<Finished>()).ended.reason).toBe('stopped');
  }, 20_000);

  it('gives up root for the caller of sudo before a packet is read, and goes on capturing', async (context) => {
    needs(context, 'root', packages);
    const server = await echoServer();
    const filter = `tcp port ${server.port}`;
    const sudo = { SUDO_UID: String(NOBODY), SUDO_GID: String(NOBODY), SUDO_USER: 'nobody' };
    const watch = new Watch({ name: 'lo', options: { backend, filter } }, [], sudo);
    const { info } = await watch.next<{ info: LiveInfo }>();
    expect(info.droppedTo).toEqual({ uid: NOBODY, gid: NOBODY });
    const pids = descendants(watch.child.pid ?? 0);
    for (const pid of pids)
      expect(credentials(pid)).toEqual({ uids: [NOBODY], gids: [NOBODY], groups: [NOBODY] });
    // The helper keeps no capability; a tool keeps at most those that it captures with.
    expect(capabilities(pids[0] ?? 0)).toBe(0);
    await server.talk(2);
    server.close();
    watch.stop();
    const { ended, stream } = await watch.next<Finished>();
    expect(ended).toEqual({ reason: 'stopped', why: null });
    expect(readCapture(Buffer.from(stream, 'base64')).packets.length).toBeGreaterThanOrEqual(16);
    expect(await allGone(pids, 3000)).toBe(true);
  }, 20_000);

  it('keeps root without dropPrivileges', async (context) => {
    needs(context, 'root', packages);
    const sudo = { SUDO_UID: String(NOBODY), SUDO_GID: String(NOBODY) };
    const options = { backend, filter: 'udp port 9', dropPrivileges: false };
    const watch = new Watch({ name: 'lo', options }, [], sudo);
    const { info } = await watch.next<{ info: LiveInfo }>();
    expect(info.droppedTo).toBe(null);
    for (const pid of descendants(watch.child.pid ?? 0)) expect(credentials(pid).uids).toEqual([0]);
    watch.stop();
    await watch.next();
  }, 20_000);

  it.for(['deleted', 'taken down'])(
    'keeps the packets so far, and ends or goes on, when the interface is %s',
    { timeout: 20_000 },
    async (what, context) => {
      needs(context, 'root', 'ip', packages);
      const space = namespace();
      try {
        space.run('ip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
        space.run('ip', 'address', 'add', '10.9.8.1/24', 'dev', 'left');
        space.run('ip', 'link', 'set', 'left', 'up');
        space.run('ip', 'link', 'set', 'right', 'up');
        const watch = new Watch({ name: 'left', options: { backend } }, ['ip', 'netns', 'exec', space.name]);
        await watch.next();
        const pids = descendants(watch.child.pid ?? 0);
        // Something to keep: an ARP request that no one answers.
        const ask = (host: number) =>
          space.run(
            process.execPath,
            '-e',
            `require('dgram').createSocket('udp4').send('?', 9, '10.9.8.${host}', process.exit)`,
          );
        ask(2);
        await delay(300);
        // The kernel goes on when it comes up again; cap aborts at once.
        const goesOn = what === 'taken down' && backend !== 'cap';
        if (what === 'deleted') space.run('ip', 'link', 'delete', 'left');
        else space.run('ip', 'link', 'set', 'left', 'down');
        if (goesOn) {
          await delay(300);
          space.run('ip', 'link', 'set', 'left', 'up');
          ask(3);
          await delay(300);
          watch.stop();
        }
        const { ended, stream } = await watch.next<Finished>();
        expect(ended).toEqual(
          goesOn
            ? { reason: 'stopped', why: null }
            : {
                reason: 'interface-gone',
                why: { kind: what === 'deleted' ? 'interface-gone' : 'interface-taken-down', name: 'left' },
              },
        );
        const asked = readCapture(Buffer.from(stream, 'base64')).packets.map(({ bytes }) => bytes[41]);
        expect(asked).toContain(2);
        if (goesOn) expect(asked).toContain(3);
        expect(await allGone(pids, 3000)).toBe(true);
      } finally {
        space.remove();
      }
    },
  );
});

it('survives a reader that goes away', async (context) => {
  needs(context, 'root', 'koffi');
  const server = await echoServer();
  const source = await openLive(liveOptions('lo', { filter: `tcp port ${server.port}` }));
  source.stream.destroy();
  await server.talk(3);
  server.close();
  expect((await source.ended).reason).toBe('stopped');
}, 20_000);

it('opens and stops fifteen times without leaving a process or a descriptor', async (context) => {
  needs(context, 'root', 'koffi');
  const before = descendants(process.pid).length;
  for (let round = 0; round < 15; round++) {
    const source = await openLive(liveOptions('lo', { filter: 'udp port 9' }));
    const data = collect(source.stream);
    await source.stop();
    expect((await data).length).toBe(24);
  }
  expect(descendants(process.pid).length).toBe(before);
}, 60_000);

function statField(pid: number, index: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[index]);
}

function statusField(pid: number, name: string): string {
  const text = readFileSync(`/proc/${pid}/status`, 'latin1');
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
}

function credentials(pid: number): { uids: number[]; gids: number[]; groups: number[] } {
  const numbers = (name: string) => [
    ...new Set(statusField(pid, name).split(/\s+/).filter(Boolean).map(Number)),
  ];
  return { uids: numbers('Uid'), gids: numbers('Gid'), groups: numbers('Groups') };
}

function capabilities(pid: number): number {
  return Number.parseInt(statusField(pid, 'CapEff'), 16);
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { liveOptions, openLive } from '../../src/live/source.js';
import { readCapture } from './read-pcap.js';
import { allGone, collect, compiledHelper, descendants, freeUdpPort, needs, Watch } from './setup.js';

const FLOOD = fileURLToPath(new URL('./flood.mjs', import.meta.url));
/** Of the datagram's number within a frame: behind Ethernet, IPv4 and UDP. */
const NUMBER_OFFSET = 42;

beforeAll(compiledHelper, 60_000);

/** @returns how many were sent. */
async function flood(port: number, rate: number, seconds: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [FLOOD, port, rate, seconds].map(String));
  return Number(stdout);
}

describe('50,000 packets a second', () => {
  it.for(['libpcap', 'tcpdump'] as const)(
    'lose none with %s',
    { timeout: 30_000 },
    async (backend, context) => {
      needs(context, 'root', 'koffi', backend === 'libpcap' ? 'koffi' : backend);
      const port = await freeUdpPort();
      const source = await openLive(liveOptions('lo', { backend, filter: `udp port ${port}` }));
      const data = collect(source.stream);
      const sent = await flood(port, 50_000, 2);
      await source.stop();
      const { packets } = readCapture(await data);
      expect(sent).toBe(100_000);
      expect(source.counters()).toMatchObject({ received: sent, dropped: 0 });
      expect(packets.length).toBe(sent);
      expect(packets.every(({ bytes }, index) => bytes.readUInt32BE(NUMBER_OFFSET) === index)).toBe(true);
    },
  );
});

describe('when packets must be lost, because no one reads', () => {
  it.for(['libpcap', 'cap'] as const)(
    '%s counts the missing packets exactly',
    { timeout: 30_000 },
    async (backend, context) => {
      needs(context, 'root', 'koffi', backend === 'libpcap' ? 'koffi' : backend);
      const port = await freeUdpPort();
      const options = { backend, filter: `udp port ${port}`, bufferMegabytes: 1 };
      const source = await openLive(liveOptions('lo', options));
      const sent = await flood(port, 60_000, 1);
      const data = collect(source.stream);
      await source.stop();
      const { packets } = readCapture(await data);
      const { received, dropped } = source.counters();
      expect(dropped).toBeGreaterThan(0);
      expect(received).toBe(sent);
      expect(packets.length + (dropped ?? 0)).toBe(sent);
    },
  );
});

it('hears stop in the middle of a flood', async (context) => {
  needs(context, 'root', 'koffi', 'cap', 'tcpdump');
  for (const backend of ['libpcap', 'tcpdump', 'cap'] as const) {
    const port = await freeUdpPort();
    const source = await openLive(liveOptions('lo', { backend, filter: `udp port ${port}` }));
    let bytes = 0;
    const data = collect(source.stream, (more) => {
      bytes += more;
    });
    const ending = new AbortController();
    const options = [FLOOD, port, 150_000, 120].map(String);
    const flooding = promisify(execFile)(process.execPath, options, { signal: ending.signal }).then(
      () => 'over',
      () => 'ended by the test',
    );
    // each is over a hundred bytes long; on a busy machine the flood begins late
    while (bytes < 2_000_000) await new Promise((resolve) => setTimeout(resolve, 10));
    await source.stop();
    expect(readCapture(await data).packets.length).toBeGreaterThan(10_000);
    ending.abort();
    expect(await flooding).toBe('ended by the test');
  }
}, 60_000);

it('leaves nothing running when the main process is killed while no one reads in a flood', async (context) => {
  needs(context, 'root', 'koffi', 'cap', 'tcpdump');
  for (const backend of ['libpcap', 'tcpdump', 'cap']) {
    const port = await freeUdpPort();
    const watch = new Watch({ name: 'lo', options: { backend, filter: `udp port ${port}` }, read: false });
    await watch.next();
    const pids = descendants(watch.child.pid ?? 0);
    await flood(port, 50_000, 0.5);
    watch.child.kill('SIGKILL');
    expect(await allGone(pids, 3000)).toBe(true);
  }
}, 30_000);

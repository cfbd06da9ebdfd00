/** `synfin demo`: never empty, with every source, and as a recording where nothing may be captured. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { BACKENDS, MAIN, NOBODY, namespace, needs, parse, run, start, temporaryFolder } from './setup.js';

vi.setConfig({ testTimeout: 30_000 });
const folder = temporaryFolder();
const AS_NOBODY = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];

const simple = {
  opening: { kind: 'three-way', complete: true },
  closing: { kind: 'four-step', complete: true, initiator: 'client', timeWait: 'client' },
  states: { client: 'TIME-WAIT', server: 'CLOSED' },
};

describe('demo tcp', () => {
  it('shows the same eleven packets each of ten times', async (context) => {
    needs(context, 'root', 'koffi');
    for (let turn = 0; turn < 5; turn++) {
      const two = [0, 1].map(() => run(['demo', 'tcp', '--format', 'json']));
      for (const { code, stdout } of await Promise.all(two)) {
        expect(code).toBe(0);
        const { capture, connections } = parse(stdout);
        expect(capture).toMatchObject({ packets: 11, drops: { kernel: 0 }, warnings: [] });
        expect(connections).toEqual([expect.objectContaining({ rolesFrom: 'syn' })]);
        expect(connections[0]).toMatchObject(simple);
      }
    }
  });

  it.for(BACKENDS)('with %s', async (backend, context) => {
    needs(context, 'root', backend === 'libpcap' ? 'koffi' : backend);
    const { code, stdout, stderr } = await run(['demo', 'tcp', '--backend', backend, '--format', 'json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ {2}client +socket\.on\('connect'\) +open from port \d+/m);
    const { capture, connections } = parse(stdout);
    expect(capture.live).toMatchObject({
      backend,
      interface: 'lo',
      clock: backend === 'cap' ? 'user-space' : 'kernel',
      precision: backend === 'cap' ? 'us' : 'ns',
      snaplen: 256,
    });
    expect(capture.packets).toBe(11);
    expect(connections[0]).toMatchObject(simple);
  });

  it('shows in the overview how it was captured, and lost packets', async (context) => {
    needs(context, 'root', 'koffi', 'cap');
    const kernel = await run(['demo', 'tcp']);
    expect(kernel.stdout).toContain('captured on lo by libpcap: kernel timestamps (ns), 0 packets lost');
    const own = await run(['demo', 'tcp', '--backend', 'cap', '--width', '200']);
    expect(own.stdout).toMatch(
      /captured on lo by cap: timestamps of a program, not of the kernel: .*, 0 packets lost/,
    );
  });

  it('works in a separate network namespace, over IPv6 too', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    const space = namespace();
    try {
      const before = ['ip', 'netns', 'exec', space.name];
      const { stdout } = await run(['demo', 'tcp', '--host', '::1', '--format', 'json'], { before });
      expect(parse(stdout).connections[0]).toMatchObject({ ...simple, client: { address: '::1' } });
    } finally {
      space.remove();
    }
  });

  it('ends on Ctrl-C with the results so far', async (context) => {
    needs(context, 'root', 'koffi');
    const demo = start(['demo', 'tcp', '--format', 'json']);
    await demo.until(/server\.on\('connection'\)/);
    const { code, stdout, stderr } = await demo.interrupt();
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(parse(stdout).connections[0]).toMatchObject({ opening: { kind: 'three-way' } });
  });
});

it('demo udp shows datagrams and says that there is no handshake', async (context) => {
  needs(context, 'root', 'koffi');
  const { code, stdout } = await run(['demo', 'udp']);
  expect(code).toBe(0);
  expect(stdout).toContain('UDP has no handshake');
});

describe('as an ordinary user', () => {
  it.for(['tcp', 'udp'])(
    'shows the recording, says that it is one, and why: %s',
    async (protocol, context) => {
      needs(context, 'root', 'koffi');
      const { code, stdout, stderr } = await run(['demo', protocol], { before: AS_NOBODY });
      expect(code).toBe(0);
      expect(stderr).toMatch(/^synfin: Capturing on 'lo' is not permitted for this user /);
      expect(stderr).toContain(
        `This is a RECORDING of the ${protocol.toUpperCase()} demo, not a live capture:`,
      );
      expect(stdout).toMatch(new RegExp(`^.*demo-${protocol}\\.pcap:\\s`));
    },
  );

  it('of the scenario that was asked for, where there is one', async (context) => {
    needs(context, 'root', 'koffi');
    const { code, stdout } = await run(['demo', 'tcp', '--scenario', 'reset'], { before: AS_NOBODY });
    expect(code).toBe(0);
    // next to a checkout's build lie the recordings of most scenarios, in a package those of the simple ones
    const there = existsSync(join(MAIN, '../../../captures/demo-tcp-reset.pcap'));
    expect(stdout).toMatch(there ? /demo-tcp-reset\.pcap:\s/ : /demo-tcp\.pcap:\s/);
  });

  it('never presents a recording as a capture', async (context) => {
    needs(context, 'root', 'koffi');
    const file = join(folder, 'none.pcap');
    const { code, stderr } = await run(['demo', 'tcp', '--write', file], { before: AS_NOBODY });
    expect(code).toBe(0);
    expect(stderr).toContain('nothing was captured, so ');
    expect(existsSync(file)).toBe(false);
  });
});

it('a file that cannot be written is an error, not a reason for the recording', async (context) => {
  needs(context, 'root', 'koffi');
  const { code, stdout, stderr } = await run(['demo', 'tcp', '--write', join(folder, 'no/such/f.pcap')]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^synfin: .*f\.pcap: cannot be written: its folder .*no\/such does not exist; create it first .*\n$/,
  );
});

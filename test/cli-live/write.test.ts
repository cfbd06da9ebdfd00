/** Files of `--write`: the same capture, whole files, and files that belong to the caller. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { parseRotate } from '../../src/cli/options/rotate-limits.js';
import { numberedName } from '../../src/cli/save/rotate.js';
import {
  BACKENDS,
  echoServer,
  type Json,
  NOBODY,
  needs,
  parse,
  run,
  startLive,
  temporaryFolder,
} from './setup.js';

vi.setConfig({ testTimeout: 30_000 });
const folder = temporaryFolder();
chmodSync(folder, 0o755);

const SUDO = { SUDO_UID: String(NOBODY), SUDO_GID: String(NOBODY), SUDO_USER: 'nobody' };

/** A folder that the caller of sudo may write to. */
function openFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  chmodSync(path, 0o777);
  return path;
}

/** Facts of a live capture that the file does not have. */
function comparable(document: Json): Json {
  const { live: _, files: __, ...capture } = document.capture as Json;
  return { ...document, capture };
}

describe('written and read again: the same connections, field by field', () => {
  for (const backend of BACKENDS) {
    it.for(['pcap', 'pcapng'])(`${backend}, %s`, async (format, context) => {
      needs(context, 'root', backend === 'libpcap' ? 'koffi' : backend);
      const server = await echoServer();
      const file = join(folder, `same-${backend}.${format}`);
      const argv = ['--backend', backend, '--filter', `tcp port ${server.port}`, '--write', file];
      const live = await startLive([...argv, '--format', 'json']);
      await server.talk(5);
      await server.hold(50);
      const { code, stdout } = await live.interrupt();
      server.close();
      expect(code).toBe(0);
      const again = await run(['analyze', file, '--format', 'json']);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      const first = comparable(parse(stdout) as unknown as Json);
      const second = comparable(parse(again.stdout) as unknown as Json);
      expect((first.connections as Json[]).length).toBe(6);
      // pcap has no field for losses
      if (format === 'pcap') (second.capture as Json).drops = (first.capture as Json).drops;
      expect(second).toEqual(first);
    });
  }
});

describe('of an interface that is no Ethernet', () => {
  for (const backend of BACKENDS.filter((name) => name !== 'cap')) {
    it.for(['pcap', 'pcapng'])(`${backend}, -i any, %s: every packet, whole`, async (format, context) => {
      needs(context, 'root', backend === 'libpcap' ? 'koffi' : backend);
      const server = await echoServer();
      const file = join(folder, `any-${backend}.${format}`);
      const argv = ['-i', 'any', '--backend', backend, '--filter', `tcp port ${server.port}`];
      const live = await startLive([...argv, '--write', file, '--rotate', '1MB', '--format', 'json']);
      await server.talk(2);
      const { code, stdout } = await live.interrupt();
      server.close();
      expect(code).toBe(0);
      const { capture } = parse(stdout);
      expect(capture.live).toMatchObject({ snaplen: 262_144 });
      expect(capture.packets).toBeGreaterThan(15);
      const saved = join(folder, `any-${backend}-00001.${format}`);
      const again = await run(['analyze', saved, '--format', 'json']);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(parse(again.stdout).capture.packets).toBe(capture.packets);
    });
  }

  it('--snaplen 0 keeps whole packets', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive([`tcp port ${server.port}`, '--snaplen', '0', '--json']);
    await server.talk(1);
    const { stdout } = await live.interrupt();
    server.close();
    expect(parse(stdout).capture.live).toMatchObject({ snaplen: 262_144 });
  });

  it('--snaplen cuts, and says so', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const file = join(folder, 'cut.pcap');
    const argv = ['--filter', `tcp port ${server.port}`, '--write', file, '--snaplen', '60'];
    const live = await startLive([...argv, '--format', 'json']);
    await server.talk(1);
    const { stderr } = await live.interrupt();
    server.close();
    expect(stderr).toContain('synfin: of each packet at most 60 bytes are saved (snap length)\n');
    expect(stderr).toMatch(/cut\.pcap: \d+ of \d+ packets are not whole: /);
  });
});

describe('kill -9', () => {
  it.for(['pcap', 'pcapng'])(
    'leaves every packet that was shown in the file: %s',
    async (format, context) => {
      needs(context, 'root', 'koffi');
      const server = await echoServer();
      const file = join(folder, `killed.${format}`);
      const argv = [
        '--filter',
        `tcp port ${server.port}`,
        '--write',
        file,
        '--format',
        'ndjson',
        '--packets',
      ];
      const live = await startLive(argv);
      const talking = server.talk(400).catch(() => {});
      await live.until(/"packet":1000,/);
      const { stdout } = await live.interrupt('SIGKILL');
      const shown = stdout
        .split('\n')
        .filter((line) => line.startsWith('{"type":"packet"') && line.endsWith('}')).length;
      await talking;
      server.close();
      const again = await run(['analyze', file, '--format', 'json']);
      expect([0, 3]).toContain(again.code);
      expect(shown).toBeGreaterThanOrEqual(1000);
      expect(parse(again.stdout).capture.packets).toBeGreaterThanOrEqual(shown);
    },
  );
});

describe('--rotate', () => {
  it('understands sizes and times, alone and together', () => {
    expect(parseRotate('100MB')).toEqual({ bytes: 100e6, seconds: null });
    expect(parseRotate('60s')).toEqual({ bytes: null, seconds: 60 });
    expect(parseRotate('1.5KiB, 2min')).toEqual({ bytes: 1536, seconds: 120 });
    expect(parseRotate('1h', { bytes: 5, seconds: null })).toEqual({ bytes: 5, seconds: 3600 });
    for (const text of ['', '100', 'MB', '0s', '-1s', '1 week', '1MB,', '1e3s'])
      expect(parseRotate(text)).toBe(null);
  });

  it('numbers the files before their extension', () => {
    expect(numberedName('a/trace.pcap', 1)).toBe('a/trace-00001.pcap');
    expect(numberedName('trace', 123456)).toBe('trace-123456');
  });

  it.for(['pcap', 'pcapng'])(
    'by size: whole files that together are the capture: %s',
    async (format, context) => {
      needs(context, 'root', 'koffi');
      const server = await echoServer();
      const inside = openFolder(`size-${format}`);
      const file = join(inside, `trace.${format}`);
      const argv = ['--filter', `tcp port ${server.port}`, '--write', file, '--rotate', '10kB'];
      const live = await startLive([...argv, '--format', 'json']);
      await server.talk(50);
      const { code, stdout } = await live.interrupt();
      server.close();
      expect(code).toBe(0);
      const names = readdirSync(inside).sort();
      expect(names.length).toBeGreaterThan(3);
      expect(names[0]).toBe(`trace-00001.${format}`);
      const sizes = names.map((name) => statSync(join(inside, name)).size);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000);
      expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(9000);
      const again = await run(['analyze', ...names.map((name) => join(inside, name)), '--format', 'json']);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(parse(again.stdout).connections).toEqual(parse(stdout).connections);
    },
  );

  it('--keep leaves the newest files', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const inside = openFolder('keep');
    const argv = [
      '--filter',
      `tcp port ${server.port}`,
      '--write',
      join(inside, 'ring.pcap'),
      '--rotate',
      '2kB',
    ];
    const live = await startLive([...argv, '--keep', '3', '--format', 'json']);
    await server.talk(30);
    await live.interrupt();
    server.close();
    const names = readdirSync(inside).sort();
    expect(names.length).toBe(3);
    const numbers = names.map((name) => Number(/\d+/.exec(name)?.[0]));
    expect(numbers[0]).toBeGreaterThan(5);
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1, (numbers[0] ?? 0) + 2]);
  });

  it('by time', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const inside = openFolder('time');
    const argv = [
      '--filter',
      `tcp port ${server.port}`,
      '--write',
      join(inside, 'timed.pcapng'),
      '--rotate',
      '1s',
    ];
    const live = await startLive([...argv, '--format', 'json']);
    for (let turn = 0; turn < 13; turn++) {
      await server.talk(1);
      await delay(200);
    }
    await live.interrupt();
    server.close();
    const names = readdirSync(inside).sort();
    expect([3, 4]).toContain(names.length);
    for (const name of names) {
      const { capture } = parse((await run(['analyze', join(inside, name), '--format', 'json'])).stdout);
      const span = Date.parse(String(capture.end)) - Date.parse(String(capture.start));
      expect(span).toBeLessThan(2000);
    }
  });

  it.for([
    [['--rotate', '1MB'], '--rotate goes with --write FILE'],
    [['--keep', '3'], '--keep goes with --write FILE and --rotate'],
    [['--write', 'x.pcap', '--keep', '3'], '--keep goes with --rotate'],
    [['--write', '-'], '--write needs the name of a file'],
    [['--write', 'x', '--output', './x'], 'are the same file'],
    [
      ['--write', 'x', '--rotate', '5 apples'],
      'a size (B, kB, MB, GB, MiB) or a time (s, min, h) is expected',
    ],
  ] as const)('refuses %j', async ([argv, message]) => {
    const { code, stderr } = await run(['live', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('a disk that is full', () => {
  it.for(['pcap', 'pcapng'])(
    'is reported once; the analysis goes on, the file is whole: %s',
    async (format, context) => {
      needs(context, 'root', 'koffi');
      const small = openFolder(`small-${format}`);
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status !== 0)
        context.skip('a tmpfs cannot be mounted here');
      try {
        const server = await echoServer();
        const file = join(small, `full.${format}`);
        const argv = ['--filter', `tcp port ${server.port}`, '--write', file, '--format', 'json'];
        const live = await startLive(argv);
        await server.talk(150);
        await live.until(/no space left/);
        await server.talk(10);
        const { code, stdout, stderr } = await live.interrupt();
        server.close();
        expect(code).toBe(2);
        expect(stderr.match(/no space left/g)).toHaveLength(1);
        expect(stderr).toContain('the analysis goes on without writing');
        const { capture, connections } = parse(stdout);
        expect(connections.length).toBe(160);
        const again = await run(['analyze', file, '--format', 'json']);
        expect(again.code).toBe(0);
        expect(parse(again.stdout).capture.packets).toBeLessThan(capture.packets);
        // all whole packets that fitted
        expect(statSync(file).size).toBeGreaterThan(65_536 - 200);
      } finally {
        execFileSync('umount', [small]);
      }
    },
  );
});

describe('files belong to the caller of sudo', () => {
  it.for([
    [[], NOBODY],
    [['--no-drop'], 0],
  ] as const)('with %j: owner %i', async ([more, owner], context) => {
    needs(context, 'root', 'koffi');
    const inside = openFolder(`owner-${owner}`);
    const files = [
      '--write',
      join(inside, 'f.pcap'),
      '--rotate',
      '1MB',
      '--output',
      join(inside, 'out.json'),
    ];
    const argv = [
      'live',
      ...files,
      '--filter',
      'udp port 9',
      '--duration',
      '0.2',
      '--format',
      'json',
      ...more,
    ];
    expect(await run(argv, { env: SUDO })).toMatchObject({ code: 0 });
    for (const name of ['f-00001.pcap', 'out.json']) {
      expect(existsSync(join(inside, name))).toBe(true);
      expect(statSync(join(inside, name))).toMatchObject({ uid: owner, gid: owner });
    }
  });

  it('are refused where the caller may not write, although root may', async (context) => {
    needs(context, 'root', 'koffi');
    const argv = ['live', '--duration', '0.2', '--write', join(folder, 'not-allowed.pcap')];
    const { code, stderr } = await run(argv, { env: SUDO });
    expect(code).toBe(2);
    expect(stderr).toMatch(/not-allowed\.pcap: cannot be written: no permission/);
  });

  it('the demo’s too', async (context) => {
    needs(context, 'root', 'koffi');
    const file = join(openFolder('demo'), 'demo.pcap');
    expect(await run(['demo', 'tcp', '--write', file], { env: SUDO })).toMatchObject({ code: 0 });
    expect(statSync(file).uid).toBe(NOBODY);
    const again = await run(['analyze', file, '--format', 'json']);
    expect(parse(again.stdout).connections[0]).toMatchObject({
      closing: { kind: 'four-step', complete: true },
    });
  });
});

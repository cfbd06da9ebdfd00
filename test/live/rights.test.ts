/** The rights of a running capture, and what its processes inherit: capabilities, new rights, PATH, environment. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveInfo } from '../../src/live/source.js';
import { MAIN } from '../cli/process.js';
import { allGone, compiledHelper, descendants, needs, Watch } from './setup.js';

const BACKENDS = ['libpcap', 'tcpdump', 'dumpcap', 'cap'] as const;
const NOBODY = 65534;
const AS_NOBODY = ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'];
const NET_RAW = 1n << 13n;
const NET_ADMIN = 1n << 12n;
const SUDO = { SUDO_UID: `${NOBODY}`, SUDO_GID: `${NOBODY}`, SUDO_USER: 'nobody' };
const NOTHING = { effective: 0n, permitted: 0n, inheritable: 0n, ambient: 0n, noNewRights: true };

let folder: string;
beforeAll(async () => {
  await compiledHelper();
  folder = mkdtempSync(join(tmpdir(), 'synfin-rights-'));
  chmodSync(folder, 0o755);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function rights(pid: number): typeof NOTHING {
  const text = readFileSync(`/proc/${pid}/status`, 'latin1');
  const field = (name: string): bigint =>
    BigInt(`0x${new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(text)?.[1]}`);
  return {
    effective: field('CapEff'),
    permitted: field('CapPrm'),
    inheritable: field('CapInh'),
    ambient: field('CapAmb'),
    noNewRights: field('NoNewPrivs') === 1n,
  };
}

interface Capturing {
  info: LiveInfo;
  main: number;
  helper: number;
  tool: number | undefined;
}

/** Captures, looks, and ends it. */
async function whileCapturing(watch: Watch, look: (capturing: Capturing) => void): Promise<void> {
  const { info } = await watch.next<{ info: LiveInfo }>();
  const main = watch.child.pid ?? 0;
  const [helper = 0, tool] = descendants(main);
  try {
    look({ info, main, helper, tool });
  } finally {
    watch.stop();
    await watch.next();
    expect(await allGone([helper, ...(tool === undefined ? [] : [tool])], 3000)).toBe(true);
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  const packages = backend === 'libpcap' ? 'koffi' : backend;
  const request = { name: 'lo', options: { backend, filter: 'udp port 9' } };

  it('the helper of root keeps no capability, and no program gets a new right', async (context) => {
    needs(context, 'root', 'koffi', packages);
    await whileCapturing(new Watch(request), ({ helper, tool }) => {
      expect(rights(helper)).toEqual(NOTHING);
      if (tool !== undefined) expect(rights(tool).noNewRights).toBe(true);
    });
  }, 20_000);

  it('the same under sudo; a program keeps at most the rights to capture', async (context) => {
    needs(context, 'root', 'koffi', packages);
    await whileCapturing(new Watch(request, [], SUDO), ({ helper, tool }) => {
      expect(rights(helper)).toEqual(NOTHING);
      if (tool === undefined) return;
      const { permitted, noNewRights } = rights(tool);
      expect(permitted & ~(NET_RAW | NET_ADMIN)).toBe(0n);
      expect(noNewRights).toBe(true);
    });
  }, 20_000);

  it('the same where an ordinary user was given the right to capture', async (context) => {
    needs(context, 'root', 'koffi', packages);
    const given = ['--inh-caps=+net_raw,+net_admin', '--ambient-caps=+net_raw,+net_admin'];
    await whileCapturing(new Watch(request, [...AS_NOBODY, ...given]), ({ helper }) =>
      expect(rights(helper)).toEqual(NOTHING),
    );
  }, 20_000);

  it('keeps all with --no-drop', async (context) => {
    needs(context, 'root', 'koffi', packages);
    const options = { ...request.options, dropPrivileges: false };
    await whileCapturing(new Watch({ ...request, options }), ({ helper }) => {
      expect(rights(helper).effective & NET_RAW).toBe(NET_RAW);
      expect(rights(helper).noNewRights).toBe(false);
    });
  }, 20_000);
});

it('where the file of Node.js has the right to capture, neither process keeps it', async (context) => {
  needs(context, 'root', 'koffi', 'setcap');
  const node = join(folder, 'node');
  copyFileSync(process.execPath, node);
  const { status, stderr } = spawnSync('setcap', ['cap_net_raw=ep', node], { encoding: 'utf8' });
  if (status !== 0) context.skip(`no capabilities of files here: ${stderr.trim()}`);
  const words = [...AS_NOBODY, node, MAIN, 'live', '-i', 'lo', '--filter', 'udp port 9'];
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/capturing on lo by libpcap/.test(said)) resolve();
    });
    void ended.then(() => reject(new Error(said)));
  });
  const main = child.pid ?? 0;
  const [helper = 0] = descendants(main);
  expect([rights(main), rights(helper)]).toEqual([NOTHING, NOTHING]);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
}, 30_000);

it('without koffi capabilities are kept, and that is said', async (context) => {
  needs(context, 'root', 'tcpdump');
  const copy = join(folder, 'copy');
  cpSync(join(MAIN, '../..'), join(copy, 'dist'), { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  cpSync(join(import.meta.dirname, 'watch.mjs'), join(copy, 'test/live/watch.mjs'));
  const request = { name: 'lo', options: { backend: 'tcpdump', filter: 'udp port 9' } };
  const watch = new Watch(request, [
    process.execPath,
    join(copy, 'test/live/watch.mjs'),
    JSON.stringify(request),
  ]);
  await whileCapturing(watch, ({ info, helper }) => {
    expect(info.notes).toContainEqual({ kind: 'capabilities-kept' });
    expect(rights(helper).effective & NET_RAW).toBe(NET_RAW);
  });
}, 20_000);

describe('root does not take from its caller', () => {
  it.for(['tcpdump', 'dumpcap'] as const)('a %s in their PATH', async (backend, context) => {
    needs(context, 'root', backend);
    const mark = join(folder, `mark-${backend}`);
    for (const name of [backend, 'setpriv', 'id', 'true']) {
      rmSync(join(folder, name), { force: true });
      writeFileSync(join(folder, name), `#!/bin/sh\ntouch ${mark}\nexit 1\n`, { mode: 0o755 });
    }
    const path = { PATH: `${folder}:${process.env.PATH ?? ''}` };
    const watch = new Watch({ name: 'lo', options: { backend, filter: 'udp port 9' } }, [], {
      ...SUDO,
      ...path,
    });
    await whileCapturing(watch, ({ tool }) => expect(tool).toBeDefined());
    expect(existsSync(mark)).toBe(false);
  });

  it('variables that load code into programs', async (context) => {
    needs(context, 'root', 'tcpdump');
    const more = { NODE_OPTIONS: '--no-warnings', NODE_PATH: folder, LD_BIND_NOW: '1', LANG: 'C.UTF-8' };
    const request = { name: 'lo', options: { backend: 'tcpdump', filter: 'udp port 9' } };
    const names = (pid: number): string[] =>
      readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((line) => line.split('=')[0] ?? '');
    await whileCapturing(new Watch(request, [], { ...more, ...SUDO }), ({ helper, tool }) => {
      for (const pid of [helper, tool ?? 0]) {
        expect(names(pid)).toEqual(expect.arrayContaining(['PATH', 'LANG', 'SUDO_UID']));
        expect(names(pid).filter((name) => /^(NODE_|LD_)/.test(name))).toEqual([]);
      }
    });
    await whileCapturing(new Watch(request, [], more), ({ helper }) =>
      expect(names(helper)).toEqual(expect.arrayContaining(Object.keys(more))),
    );
  });
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/errors.js';
import { ENGLISH } from '../../src/explain/phrases.js';
import {
  type LiveInfo,
  type LiveOptions,
  type LiveSource,
  liveOptions,
  openLive,
} from '../../src/live/source.js';
import { allGone, compiledHelper, descendants, needs, Watch } from './setup.js';

vi.setConfig({ testTimeout: 20_000 });

const BACKENDS = ['libpcap', 'tcpdump', 'dumpcap', 'cap'] as const;

beforeAll(compiledHelper, 60_000);

async function errorOf(options: LiveOptions): Promise<UserError> {
  const error = await openLive(options).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  // One sentence, no control characters, no stack.
  expect(error.message).toMatch(/^[^\n\p{Cc}]+\.$/u);
  return error;
}

describe.each(BACKENDS)('%s', (backend) => {
  const packages = backend === 'libpcap' ? 'koffi' : backend;

  it('gives libpcap’s own words for a bad filter', async (context) => {
    needs(context, 'root', packages);
    const error = await errorOf(liveOptions('lo', { backend, filter: 'tcp prot 80' }));
    expect(error.message).toBe(
      "The filter 'tcp prot 80' is not valid: can't parse filter expression: syntax error.",
    );
    expect(error.hint).toContain('pcap-filter');
  });

  it('accepts a filter that begins with a minus sign', async (context) => {
    needs(context, 'root', packages);
    const error = await errorOf(liveOptions('lo', { backend, filter: '-w /tmp/x' }));
    expect(error.message).toContain('is not valid');
  });

  it('lists the interfaces when the given one does not exist', async (context) => {
    needs(context, 'root', packages);
    const error = await errorOf(liveOptions('no\x1b[31msuch', { backend }));
    expect(error.message).toBe("There is no interface 'no\\x1b[31msuch' to capture on.");
    expect(error.hint).toMatch(/^There are: .*\blo\b.*\.$/);
  });

  it('is distinguished from one that is not permitted', async (context) => {
    needs(context, 'root', packages);
    const watch = new Watch({ name: 'lo', options: { backend } }, AS_NOBODY);
    const { error } = await watch.next<{ error: { name: string; message: string; hint: string } }>();
    expect(error.name).toBe('UserError');
    expect(error.message).toMatch(/^Capturing on 'lo' is not permitted for this user \([^\n]+\)\.$/);
    expect(error.hint).toMatch(/(sudo|su -c) .*watch\.mjs/);
  });
});

const AS_NOBODY = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

describe('auto', () => {
  it('uses libpcap first and skips nothing', async (context) => {
    needs(context, 'root', 'koffi');
    const source = await openLive(liveOptions('lo', { filter: 'udp port 9' }));
    source.stream.resume();
    await source.stop();
    expect(source.info).toMatchObject({ backend: 'libpcap', notes: [] });
  });

  it('says that it is not permitted after trying all other sources', async (context) => {
    needs(context, 'root', 'koffi', 'tcpdump', 'dumpcap');
    const watch = new Watch({ name: 'lo' }, AS_NOBODY);
    const { error } = await watch.next<{ error: { message: string; hint: string } }>();
    expect(error.message).toMatch(/^Capturing on 'lo' is not permitted for this user/);
    for (const backend of ['libpcap', 'tcpdump', 'dumpcap']) {
      expect(error.hint).toContain(`${backend} was skipped: `);
    }
  });

  it('says that an interface does not exist even to a user who may not capture', async (context) => {
    needs(context, 'root', 'koffi');
    const watch = new Watch({ name: 'nosuch' }, AS_NOBODY);
    const { error } = await watch.next<{ error: { message: string } }>();
    expect(error.message).toBe("There is no interface 'nosuch' to capture on.");
  });

  it('goes on to tcpdump where koffi is not installed, and says so', async (context) => {
    needs(context, 'root', 'tcpdump');
    // A copy with no node_modules next to it.
    const folder = mkdtempSync(join(tmpdir(), 'synfin-live-'));
    try {
      cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), join(folder, 'dist'), {
        recursive: true,
      });
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      const { openLive: openCopy } = await import(/* @vite-ignore */ join(folder, 'dist/live/source.js'));
      const source: LiveSource = await openCopy(liveOptions('lo', { filter: 'udp port 9' }));
      source.stream.resume();
      await source.stop();
      expect(source.info.backend).toBe('tcpdump');
      expect(source.info.notes.map(ENGLISH.errorText)[0]).toBe(
        'libpcap was skipped: the npm package koffi is not installed',
      );
      await expect(openCopy(liveOptions('lo', { backend: 'libpcap' }))).rejects.toMatchObject({
        message: 'The capture source libpcap cannot be used here: the npm package koffi is not installed.',
        hint: 'Install it: npm install koffi@3.3.4',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on to dumpcap where only dumpcap is permitted, and says so', async (context) => {
    needs(context, 'root', 'koffi', 'tcpdump', 'dumpcap', 'setcap');
    // As Debian sets it up for the group wireshark, on a copy.
    const folder = mkdtempSync(join(tmpdir(), 'synfin-live-'));
    try {
      execFileSync('sh', [
        '-c',
        `cp "$(command -v dumpcap)" ${folder} && chmod 755 ${folder} ${folder}/dumpcap`,
      ]);
      execFileSync('setcap', ['cap_net_raw,cap_net_admin=eip', join(folder, 'dumpcap')]);
      const path = { PATH: `${folder}:${process.env.PATH ?? ''}` };
      const watch = new Watch({ name: 'lo', options: { filter: 'udp port 9' } }, AS_NOBODY, path);
      const { info } = await watch.next<{ info: LiveInfo }>();
      expect(info.backend).toBe('dumpcap');
      const notes = info.notes.map(ENGLISH.errorText);
      expect(notes[0]).toMatch(/^libpcap was skipped: .*not permitted/);
      expect(notes[1]).toMatch(/^tcpdump was skipped: .*permission/);
      const pids = descendants(watch.child.pid ?? 0);
      watch.child.kill('SIGKILL');
      expect(await allGone(pids, 3000)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('needs no root where a capability allows it', async (context) => {
    needs(context, 'root', 'koffi');
    const ambient = ['--inh-caps=+net_raw', '--ambient-caps=+net_raw'];
    const watch = new Watch({ name: 'lo', options: { filter: 'udp port 9' } }, [...AS_NOBODY, ...ambient]);
    const { info } = await watch.next<{ info: { backend: string } }>();
    expect(info.backend).toBe('libpcap');
    watch.stop();
    await watch.next();
  });
});

it('refuses a direction on the sources that cannot choose one', async (context) => {
  needs(context, 'root', 'dumpcap', 'cap');
  for (const backend of ['dumpcap', 'cap'] as const) {
    const error = await errorOf(liveOptions('lo', { backend, direction: 'in' }));
    expect(error.message).toBe(
      `The capture source ${backend} cannot do that: ${backend} cannot choose a direction.`,
    );
  }
});

/** How a live capture ends: signals, readers that go away, interfaces that go away, floods; and how it cannot begin. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { allGone, descendants } from '../live/setup.js';
import {
  BACKENDS,
  echoServer,
  freeUdpPort,
  MAIN,
  NOBODY,
  namespace,
  needs,
  needsProgram,
  onTerminal,
  parse,
  run,
  start,
  startLive,
} from './setup.js';

vi.setConfig({ testTimeout: 30_000 });

const FLOOD = fileURLToPath(new URL('../live/flood.mjs', import.meta.url));
const AS_NOBODY = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];

describe('nothing captured before the end is lost', () => {
  for (const backend of BACKENDS) {
    it.for(['SIGINT', 'SIGTERM'] as const)(`${backend}, %s`, async (signal, context) => {
      needs(context, 'root', backend === 'libpcap' ? 'koffi' : backend);
      const server = await echoServer();
      const argv = ['--backend', backend, '--filter', `tcp port ${server.port}`, '--format', 'json'];
      const live = await startLive(argv);
      await server.talk(20);
      // at once, while the last packets are still on their way
      const { code, stdout, stderr } = await live.interrupt(signal);
      server.close();
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/^\s+at /m);
      const { connections } = parse(stdout);
      expect(connections.length).toBe(20);
      expect(connections.every(({ closing }) => closing.complete)).toBe(true);
    });
  }

  it('a second Ctrl-C ends it at once, where the first one cannot', async (context) => {
    needs(context, 'root', 'koffi');
    const live = await startLive(['--filter', 'udp port 9']);
    const [helper = 0] = descendants(live.child.pid ?? 0);
    process.kill(helper, 'SIGSTOP');
    live.child.kill('SIGINT');
    await delay(200);
    expect(live.child.exitCode).toBe(null);
    expect((await live.interrupt()).code).toBe(130);
    process.kill(helper, 'SIGCONT');
    expect(await allGone([helper], 3000)).toBe(true);
  });

  it('Ctrl-C while it starts ends it too', async (context) => {
    needs(context, 'root', 'koffi');
    for (const wait of [150, 250, 400]) {
      const live = start(['live', '--filter', 'udp port 9', '--format', 'json']);
      await delay(wait);
      const { code } = await live.interrupt();
      // before its handlers are set, the signal itself ends it
      expect([0, null]).toContain(code);
    }
  });
});

describe('a reader that goes away', () => {
  const bash = (script: string) =>
    spawnSync('bash', ['-c', `synfin() { "${process.execPath}" "${MAIN}" "$@"; }; ${script}`], {
      encoding: 'utf8',
      timeout: 20_000,
    });

  it.for([
    ['of standard output', 'live --format ndjson --packets --filter "tcp port $1" | head -1'],
    ['of both', 'live --filter "tcp port $1" 2>&1 | head -2'],
  ])('%s ends it quietly', async ([, command], context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const talking = setInterval(() => void server.talk(1), 100);
    const script = `set -- ${server.port}; synfin ${command}; echo "codes \${PIPESTATUS[*]}"`;
    const child = spawn('bash', ['-c', `synfin() { "${process.execPath}" "${MAIN}" "$@"; }; ${script}`]);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await new Promise((done) => child.once('close', done));
    clearInterval(talking);
    server.close();
    expect(stdout).toMatch(/\ncodes 0 0\n$/);
    expect(stderr).toMatch(/^(synfin: capturing on lo by libpcap; Ctrl-C ends it\n)?$/);
  });

  it('long before there is anything to read', (context) => {
    needs(context, 'root', 'koffi');
    const { stdout, stderr } = bash('synfin live --duration 0.3 | true; echo $PIPESTATUS');
    expect(stdout).toBe('0\n');
    expect(stderr).not.toMatch(/Error|^\s+at /m);
  });
});

describe('an interface that goes away', () => {
  it.for([
    ['libpcap', 'deleted'],
    ['tcpdump', 'deleted'],
    ['dumpcap', 'deleted'],
    ['cap', 'deleted'],
    ['cap', 'taken down'],
  ] as const)('%s, %s: the result so far, a message, exit code 3', async ([backend, what], context) => {
    needs(context, 'root', 'ip', backend === 'libpcap' ? 'koffi' : backend);
    const space = namespace();
    try {
      space.run('ip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
      space.run('ip', 'address', 'add', '10.9.8.1/24', 'dev', 'left');
      space.run('ip', 'link', 'set', 'left', 'up');
      space.run('ip', 'link', 'set', 'right', 'up');
      const before = ['ip', 'netns', 'exec', space.name];
      const live = await startLive(['-i', 'left', '--backend', backend, '--format', 'json'], { before });
      const broadcast = `const s = require('dgram').createSocket('udp4'); s.bind(() => { s.setBroadcast(true); s.send('?', 9, '10.9.8.255', process.exit) })`;
      space.run(process.execPath, '-e', broadcast);
      await delay(400);
      if (what === 'deleted') space.run('ip', 'link', 'delete', 'left');
      else space.run('ip', 'link', 'set', 'left', 'down');
      const { code, stdout, stderr } = await live.ended;
      const message = `The interface left ${what === 'deleted' ? 'is gone' : 'was taken down'}.`;
      expect(code).toBe(3);
      expect(stderr).toContain(`synfin: ${message}\n`);
      const { capture, udpFlows } = parse(stdout);
      expect(capture.warnings).toEqual([expect.objectContaining({ code: 'interface-gone', message })]);
      expect(udpFlows).toEqual([expect.objectContaining({ cast: 'broadcast' })]);
    } finally {
      space.remove();
    }
  });
});

describe('a flood', () => {
  it.for(['libpcap', 'cap'] as const)(
    'does not grow memory, and does not block Ctrl-C: %s',
    async (backend, context) => {
      needs(context, 'root', 'koffi', backend === 'libpcap' ? 'koffi' : backend);
      const port = await freeUdpPort();
      const argv = ['--backend', backend, '--filter', `udp port ${port}`, '--format', 'ndjson'];
      const live = await startLive(argv);
      const before = peakMegabytes(live.child.pid ?? 0);
      const flood = spawn(process.execPath, [FLOOD, port, 150_000, 3].map(String), { stdio: 'ignore' });
      await delay(2000);
      const during = peakMegabytes(live.child.pid ?? 0);
      const asked = Date.now();
      const { code, stdout } = await live.interrupt();
      const took = Date.now() - asked;
      flood.kill();
      expect(code).toBe(0);
      expect(took).toBeLessThan(4000);
      expect(during - before).toBeLessThan(100);
      const capture = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { packets: number };
      expect(capture.packets).toBeGreaterThan(20_000);
    },
  );

  it('of connections is reported line by line, and Ctrl-C works', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const { port } = server;
    server.close();
    const live = await startLive(['--filter', `tcp port ${port}`]);
    // each refused at once
    const knock = `const net = require('net'); let n = 0; const one = () => { if (n++ < 3000) net.connect(${port}, '127.0.0.1').on('error', one) }; for (let i = 0; i < 20; i++) one()`;
    const child = spawn(process.execPath, ['-e', knock], { stdio: 'ignore' });
    await new Promise((done) => child.once('close', done));
    await delay(300);
    const { code, stdout, stderr } = await live.interrupt();
    expect(code).toBe(0);
    expect(stderr).toContain('3,000 TCP connections');
    expect(stdout.match(/ refused /g)).toHaveLength(3000);
  });

  it('on a terminal shows as many lines as one can read, and says what is left out', (context) => {
    needs(context, 'root', 'koffi', 'ip');
    needsProgram(context, 'script');
    const knock = `const net = require('net'); let n = 0; const one = () => { if (n++ < 2000) net.connect(7, '127.0.0.1').on('error', one) }; for (let i = 0; i < 20; i++) one()`;
    const stdout = onTerminal("--stop-after 2000 --duration 25 --filter 'tcp port 7'", knock);
    expect(stdout).toContain('2,000 TCP connections');
    const lines = stdout.match(/\d\d:\d\d:\d\d\.\d{3} {2}refused/g)?.length ?? 0;
    const leftOut = [...stdout.matchAll(/… ([\d,]+) more lines left out/g)];
    expect(lines).toBeLessThanOrEqual(5 * 200);
    expect(lines + leftOut.reduce((sum, [, n]) => sum + Number(n?.replace(',', '')), 0)).toBe(2000);
  });

  it('on a terminal without problems is only counted beyond a few lines', (context) => {
    needs(context, 'root', 'koffi', 'ip');
    needsProgram(context, 'script');
    const talk = `const net = require('net'); net.createServer({ allowHalfOpen: true }, (c) => c.on('end', () => c.end()).resume()).listen(7, '127.0.0.1', () => { let n = 0; const one = () => { if (n++ < 400) net.connect(7, '127.0.0.1', function () { this.end() }).resume().on('close', one); else process.exit() }; one() })`;
    const stdout = onTerminal('--stop-after 400 --duration 25 tcp port 7', talk);
    expect(stdout).toContain('400 TCP connections');
    const lines = stdout.match(/\d\d:\d\d:\d\d\.\d{3} {2}closed by client/g)?.length ?? 0;
    const counted = [...stdout.matchAll(/\+ ([\d,]+) closed without problems/g)];
    expect(counted.length).toBeGreaterThan(0);
    expect(lines + counted.reduce((sum, [, n]) => sum + Number(n?.replace(',', '')), 0)).toBe(400);
  });
});

function peakMegabytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
}

describe('a capture that cannot begin gives one sentence', () => {
  const sentence = async (argv: string[], before: string[] = []) => {
    const { code, stdout, stderr } = await run(argv, { before });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
    return stderr;
  };

  it('an interface that does not exist', async (context) => {
    needs(context, 'root', 'koffi');
    expect(await sentence(['live', '-i', 'nosuch'])).toMatch(
      /^synfin: There is no interface 'nosuch' to capture on\.\nThere are: lo, /,
    );
  });

  it('an interface that is down', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    const space = namespace();
    try {
      space.run('ip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
      const said = await sentence(['live', '-i', 'left'], ['ip', 'netns', 'exec', space.name]);
      expect(said).toMatch(/^synfin: The interface 'left' is down\.\n.*ip link set dev left up\n$/);
    } finally {
      space.remove();
    }
  });

  it('a filter that is not valid', async (context) => {
    needs(context, 'root', 'koffi');
    expect(await sentence(['live', '--filter', 'tcp prot 80'])).toMatch(
      /^synfin: The filter 'tcp prot 80' is not valid: can't parse filter expression: syntax error\.\n/,
    );
  });

  it('an unknown source', async () => {
    expect(await sentence(['live', '--backend', 'pigeon'])).toMatch(
      /^synfin: option '--backend <name>' argument 'pigeon' is invalid\. Allowed choices are auto, /,
    );
  });

  it('an ordinary user', async (context) => {
    needs(context, 'root', 'koffi');
    const said = await sentence(['live'], AS_NOBODY);
    expect(said).toMatch(
      /^synfin: Capturing on 'lo' is not permitted for this user \([^\n]+\)\.\nRun it as root/,
    );
    // quoted where the path has blanks
    expect(said).toMatch(/(sudo|su -c) .*main\.js['\\]* live/);
  });
});

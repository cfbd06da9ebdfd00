/** The output while `synfin live` runs, and what ends it. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { echoServer, needs, needsProgram, onTerminal, parse, run, startLive } from './setup.js';

vi.setConfig({ testTimeout: 20_000 });

describe('what ends it', () => {
  it('--count: after as many packets', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const filter = ['--filter', `tcp port ${server.port}`];
    const live = await startLive([...filter, '--count', '5', '--format', 'json']);
    await server.talk(3);
    const { code, stdout } = await live.ended;
    server.close();
    expect(code).toBe(0);
    expect(parse(stdout).capture).toMatchObject({ packets: 5, drops: { kernel: 0 } });
  });

  it('--stop-after: after as many are over', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const filter = ['--filter', `tcp port ${server.port}`];
    const live = await startLive([...filter, '--stop-after', '2', '--format', 'json']);
    await server.talk(1);
    await delay(200);
    expect(live.child.exitCode).toBe(null);
    await server.talk(1);
    const { code, stdout } = await live.ended;
    server.close();
    expect(code).toBe(0);
    expect(parse(stdout).connections.map(({ closing }) => closing.complete)).toEqual([true, true]);
  });

  it('--duration: after this time, with or without packets', async (context) => {
    needs(context, 'root', 'koffi');
    const began = Date.now();
    const { code, stdout } = await run([
      'live',
      '--filter',
      'udp port 9',
      '--duration',
      '0.5',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ capture: { packets: 0, warnings: [] }, connections: [] });
    expect(Date.now() - began).toBeGreaterThan(500);
  });

  it('--until-idle: after this time without packets', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const filter = ['--filter', `tcp port ${server.port}`];
    // far longer than a turn takes, also on a busy machine
    const live = await startLive([...filter, '--until-idle', '2', '--format', 'json']);
    for (let turn = 0; turn < 4; turn++) {
      await delay(300);
      await server.talk(1);
    }
    const { code, stdout } = await live.ended;
    server.close();
    expect(code).toBe(0);
    expect(parse(stdout).connections.length).toBe(4);
  });

  it.for(['tcpdump', 'dumpcap', 'cap'] as const)(
    'a capture without a packet is empty, not an error: %s',
    async (backend, context) => {
      needs(context, 'root', backend);
      const argv = ['live', '--backend', backend, '--filter', 'udp port 9', '--duration', '0.3'];
      const { code, stdout } = await run([...argv, '--format', 'json']);
      expect(code).toBe(0);
      expect(parse(stdout).capture).toMatchObject({ packets: 0, warnings: [], live: { backend } });
    },
  );
});

describe('piped', () => {
  it('gives a line for each outcome on standard output as it comes, and the overview on standard error', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive([`tcp port ${server.port}`]);
    await server.talk(1);
    await live.until(/closed by client/);
    // while it goes on
    expect(live.child.exitCode).toBe(null);
    const { code, stdout, stderr } = await live.interrupt();
    server.close();
    expect(code).toBe(0);
    const rows = stdout.trimEnd().split('\n');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^time +# +outcome +client +server +connect +response +duration +likely cause$/);
    expect(rows[1]).toMatch(
      new RegExp(
        `^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z +0  closed by client  127\\.0\\.0\\.1:\\d+ +127\\.0\\.0\\.1:${server.port} +.*  -$`,
      ),
    );
    expect(stderr).toMatch(
      /^synfin: capturing on lo by libpcap; Ctrl-C ends it\nlive capture on lo: \d+ packets/,
    );
    // no status line, no escape sequences
    expect([...(stdout + stderr)].filter((c) => c === '\r' || c === '\u001b')).toEqual([]);
  });

  it('reports a refused connection at once; --only and --failed select', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const closed = await echoServer();
    closed.close();
    const words = ['tcp', 'port', String(server.port), 'or', String(closed.port)];
    const started = await Promise.all([
      startLive([...words, '--only', 'failed']),
      startLive([...words, '--failed']),
      startLive([...words, '--server', `:${server.port}`]),
    ]);
    await server.talk(1);
    await closed.talk(1).catch(() => {});
    const [only, failed, at] = started;
    await Promise.all([only?.until(/refused/), failed?.until(/refused/), at?.until(/closed by client/)]);
    const ended = await Promise.all(started.map((live) => live.interrupt()));
    server.close();
    const outcomes = ended.map(({ stdout }) =>
      stdout
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {2,}/)[2]),
    );
    expect(outcomes).toEqual([['refused'], ['refused'], ['closed by client']]);
    expect(ended[0]?.stderr).toContain('2 TCP connections');
    expect(ended[1]?.stderr).toContain('synfin: 1 of 2 connections matches\n');
  });

  it('leaves standard output to other formats', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive([`tcp port ${server.port}`, '--by', 'server']);
    await server.talk(1);
    await live.until(/closed by client/);
    const { stdout, stderr } = await live.interrupt();
    server.close();
    expect(stdout).toMatch(/^server .*\nall .*\n127\.0\.0\.1:\d+ .*\n$/);
    expect(stderr).toMatch(/^[\d:.]{12} {2}closed by client /m);
  });

  it('--events gives a line for each step', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive([`tcp port ${server.port}`, '--events']);
    await server.talk(1);
    await live.until(/#0 +closed/);
    const { code, stdout, stderr } = await live.interrupt();
    server.close();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^live capture on lo: \d+ packets/m);
    const ends = new RegExp(`127\\.0\\.0\\.1:\\d+ → 127\\.0\\.0\\.1:${server.port}`).source;
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z  ';
    const steps = stdout.trimEnd().split('\n');
    expect(steps[0]).toMatch(new RegExp(`^${time}#0  opening ${ends}  SYN$`));
    expect(steps[1]).toMatch(new RegExp(`^${time}#0  opened  ${ends}  three-way handshake in`));
    expect(steps[2]).toMatch(new RegExp(`^${time}#0  closing ${ends}  client closes \\(FIN\\)$`));
    expect(steps.at(-1)).toMatch(new RegExp(`^${time}#0  closed  ${ends}  4 steps, client first`));
  });

  it('gives NDJSON packet by packet as they come, and nothing else', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const filter = ['--filter', `tcp port ${server.port}`];
    const live = await startLive([...filter, '--format', 'ndjson', '--packets']);
    await server.talk(1);
    // while it goes on
    await live.until(/"FIN"[\s\S]*"FIN"[\s\S]*"packet"/);
    expect(live.child.exitCode).toBe(null);
    const { code, stdout, stderr } = await live.interrupt();
    server.close();
    expect(code).toBe(0);
    expect(stderr).toBe('synfin: capturing on lo by libpcap; Ctrl-C ends it\n');
    const objects = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(objects.slice(-2).map(({ type }) => type)).toEqual(['connection', 'capture']);
    expect(objects.slice(0, -2).every(({ type }) => type === 'packet')).toBe(true);
  });

  it('--ladder draws each segment below the line that names its connection', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive(['--filter', `tcp port ${server.port}`, '--ladder', '--width', '90']);
    await server.talk(1);
    await live.until(/#0 +closed/);
    const { stdout } = await live.interrupt();
    server.close();
    const lines = stdout.split('\n').filter((line) => line.startsWith('#0'));
    const shape = lines.slice(0, 5).map((line) => line.replace(/127.*/, '…').replace(/\d\.\d{6}/, 'T'));
    expect(shape).toEqual([
      '#0 opening …',
      '#0        1   T SYN-SENT     │──SYN seq 0───────────────────────────▶│ LISTEN',
      '#0        2   T ESTABLISHED  │◀─SYN ACK seq 0 ack 1──────────────────│ SYN-RECEIVED',
      '#0        3   T ESTABLISHED  │──ACK seq 1 ack 1─────────────────────▶│ ESTABLISHED',
      '#0 opened  …',
    ]);
    expect(
      Math.max(...lines.filter((line) => line.includes('│')).map((line) => line.length)),
    ).toBeLessThanOrEqual(90);
  });
});

describe('on a terminal', () => {
  it('keeps a status line at the bottom, colours failures, and clears it at the end', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    needsProgram(context, 'script');
    // the status line comes first
    const refused = `setTimeout(() => require('net').connect(7, '127.0.0.1').on('error', () => {}), 500)`;
    const stdout = onTerminal("--duration 4 --filter 'tcp port 7'", refused, {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '',
    });
    const csi = '\u001b';
    expect(stdout).toContain(`\r${csi}[K0 open · 0 over · 0 packets · 0 lost`);
    expect(stdout).toContain('0 open · 1 over (1 failed) · 2 packets · 0 lost');
    expect(stdout).toMatch(
      new RegExp(`[\\d:.]{12}  ${csi}\\[31mrefused${csi}\\[0m  .*-\r?\n {14}port closed`),
    );
    expect(stdout).toContain('capturing on lo by libpcap; times are UTC; Ctrl-C ends it');
    // the final output does not appear next to it
    expect(stdout).toMatch(new RegExp(`\r${csi}\\[Klive capture on lo: 2 packets`));
    // rewritten four times a second at most
    const drawings = stdout.split(`\r${csi}[K`).length - 1;
    expect(drawings).toBeGreaterThanOrEqual(3);
    expect(drawings).toBeLessThanOrEqual(24);
  });
});

describe('whose connection, and what the kernel says', () => {
  it('--process names the process at either end, in the lines and in the JSON', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const filter = ['--filter', `tcp port ${server.port}`];
    const text = await startLive([...filter, '--process']);
    const json = await startLive([...filter, '--process', '--format', 'json']);
    await server.hold(500);
    await text.until(/#0 +closed/);
    const { stdout: lines } = await text.interrupt();
    const { stdout } = await json.interrupt();
    server.close();
    const pid = process.pid;
    expect(lines).toMatch(
      new RegExp(`#0 +opened .*:\\d+ \\(\\S.* ${pid}\\) → .*:${server.port} \\(\\S.* ${pid}\\)  three-way`),
    );
    const owner = { pid, name: expect.stringMatching(/./) };
    expect(parse(stdout).connections[0]).toMatchObject({ process: { client: owner, server: owner } });
  });

  it('--process has null for an unknown process', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const { port } = server;
    server.close();
    const live = await startLive(['--filter', `tcp port ${port}`, '--process', '--format', 'json']);
    // refused at once: a second socket never exists
    await server.talk(1).catch(() => {});
    await delay(100);
    const { stdout } = await live.interrupt();
    expect(parse(stdout).connections[0]).toMatchObject({ process: { server: null } });
  });

  it('--kernel has the kernel’s state next to each step', async (context) => {
    needs(context, 'root', 'koffi');
    const server = await echoServer();
    const live = await startLive(['--filter', `tcp port ${server.port}`, '--kernel']);
    await server.hold(500);
    await live.until(/#0 +closed/);
    const { stdout } = await live.interrupt();
    server.close();
    expect(stdout).toMatch(/#0 +opened .*\[kernel: client ESTABLISHED, server ESTABLISHED\]/);
    expect(stdout).toMatch(/#0 +closed .*\[kernel: client TIME-WAIT, server no socket\]/);
    expect(stdout).not.toContain('≠');
  });

  it('--kernel marks where it differs: a firewall resets in the name of the server', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    needsProgram(context, 'nft');
    const { namespace } = await import('./setup.js');
    const space = namespace();
    try {
      space.run('nft', 'add', 'table', 'ip', 'f');
      space.run('nft', 'add', 'chain', 'ip', 'f', 'in', '{ type filter hook input priority 0; }');
      // after the handshake, neither data nor the FIN of the client reaches the server
      const rule = [
        'tcp',
        'dport',
        '7777',
        'tcp',
        'flags',
        '&',
        '(syn|psh|fin)',
        '!=',
        '0',
        'ct',
        'state',
        'established',
        'drop',
      ];
      space.run('nft', 'add', 'rule', 'ip', 'f', 'in', ...rule);
      const live = await startLive(['--kernel', '--filter', 'tcp port 7777'], {
        before: ['ip', 'netns', 'exec', space.name],
      });
      const script = `const net = require('net'); net.createServer({ allowHalfOpen: true }, (s) => s.resume()).listen(7777, '127.0.0.1', () => {
        const c = net.connect(7777, '127.0.0.1', () => setTimeout(() => c.end(), 100)); setTimeout(() => process.exit(), 700); })`;
      space.run(process.execPath, '-e', script);
      const { stdout } = await live.interrupt();
      expect(stdout).toMatch(
        /#0 {2}closing .*\[kernel: client FIN-WAIT-1, server ESTABLISHED ≠ CLOSE-WAIT\]/,
      );
    } finally {
      space.remove();
    }
  });
});

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  findScenario,
  formatStep,
  needsNamespace,
  runScenario,
  SCENARIOS,
  scenarioText,
  whyUnavailable,
} from '../../src/demo/scenarios.js';
import { type Step, whoText } from '../../src/demo/step.js';
import { UserError } from '../../src/errors.js';
import { demoTexts } from '../../src/explain/demo-texts.js';
import { HAS_PROC_NET_TCP, kernelState, PROC_NET_TCP, whyNoIpv6 } from './harness.js';

const never = new AbortController().signal;

/** The log of a whole scenario, a line a step; each line fits 80 columns. */
async function play(protocol: 'tcp' | 'udp', name: string, host?: string): Promise<string[]> {
  const lines: string[] = [];
  const scenario = findScenario(protocol, name);
  await runScenario(scenario, {
    host: host ?? scenario.host ?? '127.0.0.1',
    signal: never,
    log(step) {
      lines.push(`${whoText(step)} ${step.call} ${step.why}`);
      for (const line of formatStep(step).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  });
  return lines;
}

describe('every scenario', () => {
  it.for(SCENARIOS.map((scenario) => [scenario.protocol, scenario.name, scenario.needs] as const))(
    '%s %s',
    async ([protocol, name, need], context) => {
      if (needsNamespace(need)) return context.skip('runs in a namespace of its own (recorded.test.ts)');
      const lack = await whyUnavailable(need);
      if (lack !== null) return context.skip(lack.error.kind);
      const lines = await play(protocol, name);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.join('\n')).not.toMatch(/undefined|answers have not come$|only \d+ answers/m);
    },
  );

  it('runs on IPv6 too', async (context) => {
    const reason = await whyNoIpv6();
    if (reason !== null) return context.skip(reason);
    expect(await play('tcp', 'simple', '::1')).toContainEqual(
      expect.stringMatching(/^client net\.connect\(\d+, '::1'\) asks for a connection: SYN$/),
    );
    expect(await play('udp', 'simple', '::1')).toContain('client socket.on(\'message\') "message 3"');
  });

  it.each(SCENARIOS.filter(({ needs }) => needsNamespace(needs)))(
    '$name never changes the network of the machine',
    async (scenario) => {
      await expect(scenario.prepare('127.0.0.1')).rejects.toThrow('in a network namespace of its own only');
    },
  );

  it('has a unique name, a title and an expectation', () => {
    expect(new Set(SCENARIOS.map(({ protocol, name }) => `${protocol} ${name}`)).size).toBe(SCENARIOS.length);
    for (const scenario of SCENARIOS) {
      const { title, expect: expectation } = scenarioText(scenario);
      expect(title.endsWith(' (root)')).toBe(needsNamespace(scenario.needs));
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(expectation).toMatch(/^[A-Z].*\.$/);
      // `synfin demo --list` fits 80 columns
      expect(title.length, title).toBeLessThanOrEqual(59);
    }
  });
});

describe('details of scenarios', () => {
  it.each([
    ['tcp', 'refused', "client socket.on('error') ECONNREFUSED: an RST has come"],
    ['tcp', 'reset', "server socket.on('error') ECONNRESET: an RST has come"],
    ['tcp', 'unread', "client socket.on('error') ECONNRESET: an RST has come"],
    ['udp', 'port-unreachable', "client socket.on('error') ECONNREFUSED: ICMP port unreachable has come"],
    ['udp', 'one-to-many', 'client 3 socket.on(\'message\') "to all"'],
    ['tcp', 'many', "both 3 socket.on('close') both programs are done with it"],
    ['tcp', 'write-after-close', "client socket.on('error') EPIPE: nothing is sent after an RST"],
    ['tcp', 'large', "server socket.on('data') all 2000 kB have come"],
    ['udp', 'question', 'client socket.on(\'message\') "what time is it?"'],
  ] as const)('%s %s: %s', async (protocol, name, line) => {
    expect(await play(protocol, name)).toContain(line);
  });
});

describe('a step', () => {
  const { steps } = demoTexts;
  const step: Step = { who: 'client', call: "net.connect(54321, '127.0.0.1')", why: steps.connects() };

  it('is one line of three columns', () => {
    expect(formatStep(step)).toBe("  client    net.connect(54321, '127.0.0.1')  asks for a connection: SYN");
  });

  it('is wrapped in its last column, and can be printed', () => {
    const lines = formatStep({ ...step, why: steps.address(`${'many '.repeat(12)}\u001b[31m`) }).split('\n');
    expect(lines.length).toBe(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(/^ {45}\\x1b\[31m$/);
  });

  it('has a separate line for a long call', () => {
    const [first, second] = formatStep({ ...step, call: 'x'.repeat(32) }).split('\n');
    expect(first).toBe(`  client    ${'x'.repeat(32)}`);
    expect(second).toBe(`${' '.repeat(45)}asks for a connection: SYN`);
  });
});

describe('preparing', () => {
  it('takes the port before any traffic, and frees it', async () => {
    const prepared = await findScenario('tcp').prepare('127.0.0.1');
    expect(prepared.port).toBeGreaterThan(0);
    const again = findScenario('tcp').prepare('127.0.0.1', prepared.port);
    await expect(again).rejects.toThrow(`TCP 127.0.0.1:${prepared.port} is in use by another program.`);
    await prepared.close();
    await (await findScenario('tcp').prepare('127.0.0.1', prepared.port)).close();
  });

  it('names the scenarios where one is not found', () => {
    expect(() => findScenario('udp', 'three-step')).toThrow(UserError);
    expect(findScenario('tcp').name).toBe('simple');
    expect(findScenario('udp').name).toBe('simple');
  });
});

it.each(['tcp', 'udp'] as const)('ends early when aborted: %s', async (protocol) => {
  const controller = new AbortController();
  const prepared = await findScenario(protocol).prepare('127.0.0.1');
  const running = prepared.run({ signal: controller.signal, log: () => controller.abort() });
  await expect(running).rejects.toThrow(/abort/i);
  if (protocol === 'udp') return;
  // The port is free again: nothing is left running.
  const server = createServer().listen(prepared.port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

it('ends early when aborted, the listener whose program sleeps too', async (context) => {
  const scenario = findScenario('tcp', 'no-answer');
  const lack = await whyUnavailable(scenario.needs);
  if (lack !== null) return context.skip(lack.error.kind);
  const controller = new AbortController();
  const prepared = await scenario.prepare('127.0.0.1');
  const running = prepared.run({ signal: controller.signal, log: () => controller.abort() });
  await expect(running).rejects.toThrow(/abort/i);
  const server = createServer().listen(prepared.port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

describe('the moments, compared with the kernel', () => {
  it.for([
    ['simple', 'FIN-WAIT-2', 'CLOSE-WAIT', 'TIME-WAIT', null],
    ['server-first', 'CLOSE-WAIT', 'FIN-WAIT-2', null, 'TIME-WAIT'],
  ] as const)('%s', async ([name, clientBetween, serverBetween, clientAfter, serverAfter], context) => {
    if (!HAS_PROC_NET_TCP) return context.skip(`this system has no ${PROC_NET_TCP}`);
    const seen: Record<string, [string | null, string | null]> = {};
    await runScenario(findScenario('tcp', name), {
      host: '127.0.0.1',
      signal: never,
      log: () => {},
      async at(moment, { client, server }) {
        seen[moment] = [kernelState(client, server), kernelState(server, client)];
      },
    });
    expect(seen).toEqual({
      connecting: [null, 'LISTEN'],
      connected: ['ESTABLISHED', 'ESTABLISHED'],
      'between-fins': [clientBetween, serverBetween],
      closed: [clientAfter, serverAfter],
    });
  });
});

describe('on the wire, as tcpdump sees it', () => {
  it.for([
    ['simple', '>S <S. >. >P. <. <P. >. >F. <. <F. >.'],
    ['three-step', '>S <S. >. >P. <. <P. >. >F. <F. >.'],
    ['refused', '>S <R.'],
  ] as const)('%s', async ([name, expected], context) => {
    const prepared = await findScenario('tcp', name).prepare('127.0.0.1');
    const marker = createSocket('udp4').bind(0, '127.0.0.1');
    await once(marker, 'listening');
    const markerPort = marker.address().port;
    const filter = `tcp port ${prepared.port} or udp port ${markerPort}`;
    const tcpdump = spawn('tcpdump', ['-i', 'lo', '-nn', '-l', '--immediate-mode', filter]);
    let captured = '';
    let said = '';
    tcpdump.stdout.on('data', (chunk) => {
      captured += chunk;
    });
    const ready = new Promise<boolean>((resolve) => {
      tcpdump.once('error', (error) => {
        said = error.message;
        resolve(false);
      });
      tcpdump.once('close', () => resolve(false));
      tcpdump.stderr.on('data', (chunk) => {
        said += chunk;
        if (said.includes('listening on')) resolve(true);
      });
    });
    if (!(await ready)) {
      await prepared.close();
      marker.close();
      return context.skip(`tcpdump cannot capture here: ${said.trim()}`);
    }
    // it says that it listens before it does: packets before the first marker and after the last one may be missing
    const seen = async (size: number): Promise<void> => {
      for (let tries = 0; tries < 200 && !captured.includes(`UDP, length ${size}\n`); tries++) {
        marker.send(Buffer.alloc(size), markerPort, '127.0.0.1');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await seen(7);
    await prepared.run({ signal: never, log: () => {} });
    await seen(8);
    tcpdump.kill('SIGINT');
    await once(tcpdump, 'close');
    marker.close();
    const segments = captured.matchAll(/ > \S+\.(\d+): Flags \[(\S+)\]/g);
    const ladder = [...segments].map(
      ([, port, flags]) => (Number(port) === prepared.port ? '>' : '<') + flags,
    );
    expect(ladder.join(' ')).toBe(expected);
  });
});

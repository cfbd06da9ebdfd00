import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { runUdpClient, type UdpClientOptions } from '../../src/demo/udp-client.js';
import { runUdpServer, type UdpServerOptions } from '../../src/demo/udp-server.js';
import { portOf, terminal, whyNoIpv6 } from './harness.js';

async function serve(options: UdpServerOptions = {}) {
  const server = terminal();
  const running = runUdpServer({ port: 0, ...options }, server.io);
  const port = await Promise.race([portOf(server), running]);
  const end = () => {
    server.ctrlC();
    return running;
  };
  return { ...server, port, end };
}

function talk(port: number, options: UdpClientOptions) {
  const client = terminal();
  return { ...client, running: runUdpClient({ port, timeoutMs: 100, ...options }, client.io) };
}

async function closedPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

describe('UDP server and client', () => {
  it('sends lines as datagrams and reports all answered', async () => {
    const server = await serve();
    const client = talk(server.port, { timeoutMs: 5000 });
    client.typed.end('one\r\ntwo\n\nthree');
    expect(await client.running).toBe(0);
    expect(client.printed()).toMatch(/< one \(from 127\.0\.0\.1:\d+, after [\d.]+ ms\)\n/);
    expect(client.printed()).toMatch(/4 sent, 4 answered, 0 with no answer\.\n$/);
    expect(server.printed()).toMatch(/: one\n\S+: two\n\S+: \(empty datagram\)\n\S+: three\n$/);
    expect(await server.end()).toBe(0);
  });

  it('says which had no answer', async () => {
    const server = await serve({ reply: 'none' });
    const client = talk(server.port, { messages: ['a', 'b'], timeoutMs: 30 });
    await client.running;
    expect(client.printed()).toBe(
      '> a\n> b\n2 sent, 0 answered, 2 with no answer.\n' +
        'no answer within 0.03 s: datagram 1, a\nno answer within 0.03 s: datagram 2, b\n',
    );
    await server.end();
  });

  it('says no answer where nobody listens, and the ICMP message only on a connected socket', async () => {
    const port = await closedPort();
    const plain = talk(port, { messages: ['hello?'] });
    expect(await plain.running).toBe(0);
    expect(plain.printed()).toContain('1 with no answer.');
    expect(plain.printed()).not.toContain('ICMP');
    const connected = talk(port, { messages: ['hello?'], connected: true });
    expect(await connected.running).toBe(0);
    expect(connected.printed()).toContain(
      `ICMP port unreachable came: no socket takes datagrams at UDP 127.0.0.1:${port}, or a firewall says so.`,
    );
  });

  it('is answered on a connected socket too', async () => {
    const server = await serve();
    const client = talk(server.port, { messages: ['x', 'x'], connected: true, timeoutMs: 5000 });
    await client.running;
    expect(client.printed()).toContain('2 sent, 2 answered');
    await server.end();
  });

  it('sends to all clients known so far', async () => {
    const server = await serve({ reply: 'all' });
    const first = talk(server.port, {});
    first.typed.write('first\n');
    await first.until(/< first/);
    const second = talk(server.port, {});
    second.typed.write('second\n');
    await second.until(/< second/);
    await first.until(/< second \(from \S+, repeats nothing sent from here\)/);
    first.typed.end();
    second.typed.end();
    await Promise.all([first.running, second.running]);
    expect(first.printed()).toMatch(/1 sent, 1 answered, 0 with no answer\.\n1 came that repeat nothing/);
    expect(second.printed()).toMatch(/1 sent, 1 answered, 0 with no answer\.\n$/);
    await server.end();
  });

  it('escapes hostile bytes, and does not send lines too long for a datagram', async () => {
    const server = await serve();
    const client = talk(server.port, {});
    client.typed.end(
      Buffer.concat([Buffer.from('\x1b[2J\xff', 'latin1'), Buffer.from(`\n${'x'.repeat(65508)}\n`)]),
    );
    await client.running;
    expect(server.printed()).toContain(': \\x1b[2J\\xff\n');
    expect(client.printed()).toContain('< \\x1b[2J\\xff (from');
    expect(client.printed()).toContain('Not sent: 65508 bytes are more than one datagram carries.');
    await server.end();
  });

  it('speaks IPv6', async (context) => {
    const reason = await whyNoIpv6();
    if (reason !== null) return context.skip(reason);
    const server = await serve({ host: '::1' });
    const client = talk(server.port, { host: '::1', messages: ['six'], timeoutMs: 5000 });
    await client.running;
    expect(client.printed()).toMatch(/< six \(from \[::1\]:\d+, after/);
    expect(server.printed()).toMatch(/^\[::1\]:\d+: six$/m);
    await server.end();
  });

  it('ends on Ctrl-C: while typing, while waiting, and before', async () => {
    const server = await serve({ reply: 'none' });
    const typing = talk(server.port, {});
    await typing.until(/Each line typed/);
    typing.ctrlC();
    expect(await typing.running).toBe(0);
    const waiting = talk(server.port, { messages: ['x'], timeoutMs: 60_000 });
    await waiting.until(/> x/);
    waiting.ctrlC();
    expect(await waiting.running).toBe(0);
    const before = terminal();
    before.ctrlC();
    expect(await runUdpClient({ port: server.port }, before.io)).toBe(0);
    expect(await runUdpServer({ port: 0 }, before.io)).toBe(0);
    expect(await server.end()).toBe(0);
  });
});

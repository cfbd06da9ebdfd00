import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runTcpClient, type TcpClientOptions } from '../../src/demo/tcp-client.js';
import { runTcpServer, type TcpServerOptions } from '../../src/demo/tcp-server.js';
import { portOf, terminal, whyNoIpv6 } from './harness.js';

/** A running server; `end` aborts it and gives its exit code. */
async function serve(options: TcpServerOptions = {}) {
  const server = terminal();
  const running = runTcpServer({ port: 0, ...options }, server.io);
  // A failure to listen shows itself here instead of as a timeout.
  const port = await Promise.race([portOf(server), running]);
  const end = () => {
    server.ctrlC();
    return running;
  };
  return { ...server, port, end };
}

function talk(port: number, options: TcpClientOptions) {
  const client = terminal();
  return { ...client, running: runTcpClient({ port, ...options }, client.io) };
}

describe('TCP server and client', () => {
  it('sends typed lines, prints the answers, ends on end of input', async () => {
    const server = await serve();
    const client = talk(server.port, {});
    client.typed.write('hello\nthere');
    await client.until(/< hello\n/);
    client.typed.end();
    expect(await client.running).toBe(0);
    expect(client.printed()).toMatch(/^Connected to TCP 127\.0\.0\.1:\d+ from 127\.0\.0\.1:\d+\.\n/);
    expect(client.printed()).toMatch(/< hello\n< there\nConnection closed\.\n$/);
    await server.until(/:\d+: hello\n(\S+:\d+): there\n\1 closed its side\.\n\1 disconnected\.\n/);
    expect(await server.end()).toBe(0);
  });

  it('ends after its messages are answered with close, and reads no input then', async () => {
    const server = await serve();
    const client = talk(server.port, { messages: ['one', 'two'], close: true });
    expect(await client.running).toBe(0);
    expect(client.printed()).toMatch(/> one\n< one\n> two\n< two\nConnection closed\.\n$/);
    await server.end();
  });

  it('opens and closes only, with close and no messages', async () => {
    const server = await serve();
    expect(await talk(server.port, { close: true }).running).toBe(0);
    await server.until(/connected\.\n\S+ closed its side\.\n\S+ disconnected/);
    await server.end();
  });

  it('says that no answer came from a server that does not echo', async () => {
    const server = await serve({ echo: false });
    const client = talk(server.port, { messages: ['anybody?'], close: true, answerTimeoutMs: 30 });
    await client.running;
    expect(client.printed()).toContain('> anybody?\nNo answer within 0.03 s.\nConnection closed.\n');
    await server.until(/: anybody\?\n/);
    await server.end();
  });

  it('closes first on the server after N messages', async () => {
    const server = await serve({ closeAfter: 2 });
    const client = talk(server.port, {});
    client.typed.write('one\ntwo\n');
    expect(await client.running).toBe(0);
    expect(client.printed()).toMatch(
      /< one\n< two\nThe server closed its side first; closing this side too\.\n/,
    );
    expect(server.printed()).toMatch(/^Closing 127\.0\.0\.1:\d+ first, after 2 messages\.$/m);
    await server.end();
  });

  it('sends its FIN only after the client’s, and goes on answering until then', async () => {
    const server = await serve();
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    socket.end('a long goodbye without newline');
    await once(socket, 'end');
    expect(received).toBe('a long goodbye without newline');
    await server.until(/goodbye without newline\n\S+ closed its side\.\n/);
    await server.end();
  });

  it('serves many clients at once, each with its own address and echo', async () => {
    const server = await serve();
    const clients = Array.from({ length: 20 }, (_, index) => ({
      index,
      ...talk(server.port, { messages: [`I am ${index}`] }),
    }));
    for (const { until, index } of clients) await until(new RegExp(`< I am ${index}\n`));
    for (const { typed } of clients) typed.end();
    expect(await Promise.all(clients.map(({ running }) => running))).toEqual(Array(20).fill(0));
    expect(new Set(server.printed().match(/^\S+ connected\.$/gm)).size).toBe(20);
    await server.end();
  });

  it('talks both ways at the same time: ticker and typed lines of the server', async () => {
    const server = await serve({ tickerMs: 10, echo: false });
    const client = talk(server.port, {});
    await client.until(/< server line \d+\n< server line \d+\n/);
    client.typed.write('client line\n');
    await server.until(/: client line\n/);
    server.typed.write('typed at the server\n');
    await client.until(/< typed at the server\n/);
    client.typed.end();
    expect(await client.running).toBe(0);
    await server.end();
  });

  it('escapes terminal control sequences, on both sides', async () => {
    const server = await serve();
    const client = talk(server.port, {});
    client.typed.end(Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff, 0x9b, 0x0d, 0x41, 0x0a]));
    await client.running;
    expect(server.printed()).toContain(': \\x1b[2J\\xff\\x9b\\rA\n');
    expect(client.printed()).toContain('< \\x1b[2J\\xff\\x9b\\rA\n');
    await server.end();
  });

  it('echoes a megabyte byte for byte to a client that reads late', async () => {
    const server = await serve();
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    const sent = Buffer.alloc(1024 * 1024, 'no newline here ');
    socket.end(sent);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const parts: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => parts.push(chunk));
    await once(socket, 'end');
    expect(Buffer.concat(parts).equals(sent)).toBe(true);
    await server.end();
  });

  it('reports a reset and serves on', async () => {
    const server = await serve();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    await server.until(/connected\./);
    socket.resetAndDestroy();
    await server.until(/ reset the connection \(RST\)\./);
    expect(await talk(server.port, { messages: ['still there?'], close: true }).running).toBe(0);
    await server.end();
  });

  it('reports a reset by the server in a sentence', async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(talk(port, { messages: ['x'] }).running).rejects.toThrow(
      `127.0.0.1:${port} reset the connection (RST).`,
    );
    server.close();
  });

  it('takes the port from the environment', async () => {
    const server = await serve();
    const client = terminal({ HOST: '127.0.0.1', PORT: String(server.port) });
    expect(await runTcpClient({ close: true }, client.io)).toBe(0);
    await server.end();
  });

  it('speaks IPv6, and prints its addresses in brackets', async (context) => {
    const reason = await whyNoIpv6();
    if (reason !== null) return context.skip(reason);
    const server = await serve({ host: '::1' });
    expect(server.printed()).toMatch(/^Listening on TCP \[::1\]:\d+\./);
    const client = talk(server.port, { host: '::1', messages: ['six'], close: true });
    expect(await client.running).toBe(0);
    await server.until(/^\[::1\]:\d+: six$/m);
    await server.end();
  });

  it('resolves names', async () => {
    const server = await serve({ host: 'localhost' });
    expect(await talk(server.port, { host: 'localhost', close: true }).running).toBe(0);
    await server.end();
  });
});

describe('Ctrl-C', () => {
  it('ends the server and its clients', async () => {
    const server = await serve();
    const client = talk(server.port, { messages: ['hi'] });
    await client.until(/< hi/);
    expect(await server.end()).toBe(0);
    expect(await client.running).toBe(0);
    expect(client.printed()).toContain('The server closed its side first');
  });

  it('ends the server though a client never closes', async () => {
    const server = await serve();
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    await server.until(/connected\./);
    expect(await server.end()).toBe(0);
    socket.destroy();
  });

  it('ends the client, connected or not yet, and whatever the server does', async () => {
    const silent: Socket[] = [];
    const server = createServer(
      { allowHalfOpen: true },
      (socket) => void silent.push(socket.on('error', () => {})),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const client = talk(port, {});
    await client.until(/Type a line/);
    client.ctrlC();
    expect(await client.running).toBe(0);

    const early = terminal();
    early.ctrlC();
    expect(await runTcpClient({ port }, early.io)).toBe(0);
    for (const socket of silent) socket.destroy();
    server.close();
  });

  it('ends the server at once where it was aborted before', async () => {
    const server = terminal();
    server.ctrlC();
    expect(await runTcpServer({ port: 0 }, server.io)).toBe(0);
  });
});

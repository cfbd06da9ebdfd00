/** The demo programs through the command line: server and client as processes, and their error messages. */
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Running, runProcess, startProcess } from './process.js';

async function listening(argv: string[], env = {}): Promise<{ server: Running; port: string; host: string }> {
  const server = startProcess(argv, { env });
  const [, host = '', port = ''] = await server.until(/ on (?:TCP|UDP) (.+):(\d+)/);
  return { server, host, port };
}

async function end(server: Running): Promise<string> {
  server.child.kill('SIGINT');
  const run = await server.done;
  expect(run).toMatchObject({ code: 0, signal: null, stderr: '' });
  return run.stdout;
}

describe.each([
  ['IPv4', '127.0.0.1', '127.0.0.1'],
  ['IPv6', '::1', '[::1]'],
])('tcp over %s', (_, host, shown) => {
  it('prints its port, receives, echoes; the client ends by itself', async () => {
    const {
      server,
      port,
      host: printedHost,
    } = await listening(['tcp', 'server', '--host', host, '--port', '0']);
    expect(printedHost).toBe(shown);
    const messages = ['--message', 'one', '--message', 'two', '--close'];
    const client = await runProcess(['tcp', 'client', '--host', host, '--port', port, ...messages]);
    expect(client).toMatchObject({ code: 0, stderr: '' });
    expect(client.stdout).toMatch(/one[\s\S]*two/);
    const typed = await runProcess(['tcp', 'client', '--host', host, '--port', port], {
      input: 'three\nfour\n',
    });
    expect(typed).toMatchObject({ code: 0, stderr: '' });
    expect(typed.stdout).toMatch(/four/);
    const said = await end(server);
    for (const word of ['one', 'two', 'three', 'four']) expect(said).toContain(word);
  });
});

describe('tcp', () => {
  it('takes HOST and PORT from the environment, and options before them', async () => {
    const { server, port } = await listening(['tcp', 'server'], { HOST: '127.0.0.1', PORT: '0' });
    expect(port).not.toBe('7777');
    const env = { HOST: '192.0.2.1', PORT: port };
    const client = await runProcess(['tcp', 'client', '--host', '127.0.0.1', '--message', 'hi', '--close'], {
      env,
    });
    expect(client.code).toBe(0);
    await end(server);
  });

  it('the server can close first', async () => {
    const { server, port } = await listening(['tcp', 'server', '--port', '0', '--close-after', '1']);
    const client = startProcess(['tcp', 'client', '--port', port]);
    client.child.stdin.write('only\n');
    expect((await client.done).code).toBe(0);
    await end(server);
  });

  it('nothing from the network reaches the terminal raw', async () => {
    const { server, port } = await listening(['tcp', 'server', '--port', '0']);
    const client = await runProcess(['tcp', 'client', '--port', port], {
      input: '\u001b[31mred\u0007\u009b\n',
    });
    const said = await end(server);
    for (const text of [client.stdout, said]) {
      expect(text).toContain('red');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });

  it('130 for a client on Ctrl-C', async () => {
    const { server, port } = await listening(['tcp', 'server', '--port', '0']);
    const client = startProcess(['tcp', 'client', '--port', port]);
    await client.until(/onnected/);
    client.child.kill('SIGINT');
    expect(await client.done).toMatchObject({ code: 130, signal: null, stderr: '' });
    await end(server);
  });
});

describe('udp', () => {
  it('prints its port, receives and answers', async () => {
    const { server, port } = await listening(['udp', 'server', '--port', '0']);
    const client = await runProcess([
      'udp',
      'client',
      '--port',
      port,
      '--message',
      'one',
      '--message',
      'two',
    ]);
    expect(client).toMatchObject({ code: 0, stderr: '' });
    expect(client.stdout).toContain('2 sent, 2 answered');
    const said = await end(server);
    expect(said).toMatch(/one[\s\S]*two/);
  });

  it('reports what was not answered', async () => {
    const { server, port } = await listening(['udp', 'server', '--port', '0', '--reply', 'none']);
    const client = await runProcess(['udp', 'client', '--port', port, '--message', 'x', '--timeout', '100']);
    expect(client.code).toBe(0);
    expect(client.stdout).toMatch(/1 sent, 0 answered/);
    await end(server);
  });
});

describe('errors', () => {
  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  it('refused', async () => {
    const port = await freePort();
    const run = await runProcess(['tcp', 'client', '--port', String(port)]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^synfin: TCP 127\.0\.0\.1:\d+ refused: nobody listens there, or a firewall refuses\.\nStart the server/,
    );
  });

  it.each(['tcp', 'udp'])('%s port in use', async (protocol) => {
    const { server, port } = await listening([protocol, 'server', '--port', '0']);
    const run = await runProcess([protocol, 'server', '--port', port]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^synfin: (TCP|UDP) 127\.0\.0\.1:\d+ is in use by another program\.\n/);
    await end(server);
  });

  it.each([
    [
      'a name that is not found',
      ['tcp', 'client', '--host', 'none.invalid'],
      /^synfin: The name "none\.invalid" /,
    ],
    ['a port out of range', ['tcp', 'server', '--port', '65536'], /^synfin: --port "65536" is not a port/],
    ['port 0 for a client', ['tcp', 'client', '--port', '0'], /from 1 to 65535/],
    [
      'an address of another machine',
      ['tcp', 'server', '--host', '192.0.2.1'],
      /is not an address of this machine/,
    ],
    ['a missing subcommand', ['tcp'], /Usage: synfin tcp/],
  ])('%s', async (_, argv, sentence) => {
    const run = await runProcess(argv);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(sentence);
    expect(run.stderr).not.toMatch(/^\s+at |node:internal/m);
  });

  it('an invalid PORT names the variable', async () => {
    const run = await runProcess(['tcp', 'server'], { env: { PORT: 'x' } });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^synfin: PORT "x" is not a port/);
  });
});

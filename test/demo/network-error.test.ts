import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { networkError } from '../../src/demo/network-error.js';
import { runTcpClient } from '../../src/demo/tcp-client.js';
import { runTcpServer } from '../../src/demo/tcp-server.js';
import { runUdpClient } from '../../src/demo/udp-client.js';
import { runUdpServer } from '../../src/demo/udp-server.js';
import { UserError } from '../../src/errors.js';
import { portOf, terminal } from './harness.js';

/** The UserError of a program. */
async function failure(program: Promise<number>): Promise<UserError> {
  const error = await program.then(
    (code) => new Error(`ended with ${code}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('the sentence of each error', () => {
  const attempt = { doing: 'connect', protocol: 'TCP', host: '127.0.0.1', port: 7777 } as const;

  it.each([
    ['ECONNREFUSED', 'TCP 127.0.0.1:7777 refused: nobody listens there, or a firewall refuses.'],
    ['ENOTFOUND', 'The name "127.0.0.1" was not found.'],
    ['EAI_AGAIN', 'The name "127.0.0.1" could not be looked up: no name server answered.'],
    ['EACCES', 'No permission to send to TCP 127.0.0.1:7777.'],
    ['EPERM', 'No permission to use TCP 127.0.0.1:7777.'],
    ['ENETUNREACH', 'The network of 127.0.0.1:7777 cannot be reached: this machine has no route to it.'],
    ['EHOSTUNREACH', 'The host of 127.0.0.1:7777 cannot be reached.'],
    ['ETIMEDOUT', '127.0.0.1:7777 did not answer in time.'],
    ['ECONNRESET', '127.0.0.1:7777 reset the connection (RST).'],
    ['EADDRINUSE', 'TCP 127.0.0.1:7777 is in use by another program.'],
    ['EWHATEVER', 'TCP 127.0.0.1:7777: connect failed (EWHATEVER).'],
  ])('%s', (code, sentence) => {
    const cause = Object.assign(new Error('raw'), { code });
    const error = networkError(cause, attempt);
    expect(error.message).toBe(sentence);
    expect(error.cause).toBe(cause);
  });

  it('says that a low port needs root', () => {
    const error = networkError({ code: 'EACCES' }, { ...attempt, doing: 'listen', port: 80 });
    expect(error.message).toBe('No permission to listen on TCP 127.0.0.1:80.');
    expect(error.hint).toContain('Ports below 1024 are for root');
  });
});

describe('the programs end with a sentence', () => {
  it('refused', async () => {
    const port = await freePort();
    const error = await failure(runTcpClient({ port }, terminal().io));
    expect(error.message).toBe(`TCP 127.0.0.1:${port} refused: nobody listens there, or a firewall refuses.`);
    expect(error.hint).toBe(`Start the server first: synfin tcp server --host 127.0.0.1 --port ${port}`);
  });

  it.each([
    ['TCP', runTcpServer],
    ['UDP', runUdpServer],
  ] as const)('%s port in use', async (protocol, run) => {
    const first = terminal();
    const running = run({ port: 0 }, first.io);
    const port = await portOf(first);
    const error = await failure(run({ port }, terminal().io));
    expect(error.message).toBe(`${protocol} 127.0.0.1:${port} is in use by another program.`);
    first.ctrlC();
    expect(await running).toBe(0);
  });

  it.each([runTcpServer, runTcpClient, runUdpServer, runUdpClient])(
    'name not found: %o',
    async (run) => {
      // RFC 6761: .invalid never resolves; without a name server the sentence is the other one.
      const error = await failure(run({ host: 'nobody.invalid', port: 7777 }, terminal().io));
      expect(error.message).toMatch(/^The name "nobody\.invalid" (was not found|could not be looked up)/);
    },
    30_000,
  );

  it.each([runTcpServer, runUdpServer])('address not of this machine: %o', async (run) => {
    const error = await failure(run({ host: '192.0.2.1', port: 0 }, terminal().io));
    expect(error.message).toBe('192.0.2.1:0 is not an address of this machine.');
  });

  it('no permission for a low port', async (context) => {
    const { geteuid, seteuid } = process;
    if (!geteuid || !seteuid) return context.skip('this system has no user ids');
    const user = geteuid.call(process);
    if (user === 0) {
      try {
        seteuid.call(process, 65534);
      } catch (error) {
        return context.skip(`rights cannot be given up here: ${String(error)}`);
      }
    }
    const server = terminal();
    const running = runTcpServer({ port: 81 }, server.io);
    const error = await Promise.race([
      running.then(
        () => null,
        (reason: unknown) => reason,
      ),
      server.until(/Listening/).catch(() => null),
    ]);
    if (user === 0) seteuid.call(process, 0);
    server.ctrlC();
    await running.catch(() => {});
    if (!(error instanceof UserError)) return context.skip('this system lets anyone bind low ports');
    expect(error.message).toBe('No permission to listen on TCP 127.0.0.1:81.');
  });
});

/** `synfin tcp server|client` and `synfin udp server|client`: the demo programs by themselves. */
import type { DemoIo } from '../../demo/io.js';
import { useDemoTexts } from '../../explain/demo-texts.js';
import { spoken } from '../../explain/languages.js';
import { DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';

export type ProgramName = 'tcp-server' | 'tcp-client' | 'udp-server' | 'udp-client';

export interface ProgramFlags {
  host?: string;
  port?: string;
  echo?: boolean;
  closeAfter?: number;
  talk?: number;
  message?: string[];
  close?: boolean;
  reply?: 'none' | 'sender' | 'all';
  timeout?: number;
  connected?: boolean;
}

export async function runProgram(name: ProgramName, flags: ProgramFlags, io: CliIo): Promise<number> {
  await useDemoTexts(spoken);
  const demoIo: DemoIo = { input: io.stdin, output: io.stdout, signal: io.signal, env: io.env };
  await run(name, flags, demoIo);
  // the input may still be open, and would keep the process alive
  io.stdin.destroy();
  if (!io.signal.aborted) return DONE;
  // Ctrl-C is how a server is ended
  return name.endsWith('server') ? DONE : INTERRUPTED;
}

async function run(name: ProgramName, flags: ProgramFlags, io: DemoIo): Promise<void> {
  const { host, port } = flags;
  const endpoint = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  switch (name) {
    case 'tcp-server': {
      const { runTcpServer } = await import('../../demo/tcp-server.js');
      await runTcpServer(
        { ...endpoint, echo: flags.echo, closeAfter: flags.closeAfter, tickerMs: flags.talk },
        io,
      );
      return;
    }
    case 'tcp-client': {
      const { runTcpClient } = await import('../../demo/tcp-client.js');
      await runTcpClient({ ...endpoint, messages: flags.message, close: flags.close }, io);
      return;
    }
    case 'udp-server': {
      const { runUdpServer } = await import('../../demo/udp-server.js');
      await runUdpServer({ ...endpoint, reply: flags.reply }, io);
      return;
    }
    case 'udp-client': {
      const { runUdpClient } = await import('../../demo/udp-client.js');
      const messages = flags.message?.length === 0 ? undefined : flags.message;
      await runUdpClient({ ...endpoint, messages, timeoutMs: flags.timeout, connected: flags.connected }, io);
      return;
    }
  }
}

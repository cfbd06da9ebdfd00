/** A client's socket with TCP Fast Open (RFC 7413), for which Node.js has no option: made by calls of the C library. */
import { Socket } from 'node:net';
import { UserError } from '../errors.js';
import type { Lack } from './namespace.js';

const AF_INET = 2;
/** SOCK_STREAM, SOCK_NONBLOCK and SOCK_CLOEXEC of Linux. */
const STREAM = 1 | 0o4000 | 0o2000000;
const IPPROTO_TCP = 6;
/** connect() delays the SYN until the first data (Linux 4.11). */
const TCP_FASTOPEN_CONNECT = 30;

/** Null where koffi is installed, which calls such functions. */
export async function whyNoFastOpen(): Promise<Lack | null> {
  try {
    await import('koffi');
    return null;
  } catch {
    return { error: { kind: 'needs-koffi' } };
  }
}

/** What makes such sockets, IPv4, not connected yet. Throws a UserError. */
export async function fastOpenSockets(): Promise<() => Socket> {
  const { default: koffi } = await import('koffi');
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const setsockopt = libc.func('int setsockopt(int fd, int level, int name, int *value, uint32_t size)');
  return () => {
    const fd: number = socket(AF_INET, STREAM, 0);
    if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, [1], 4) !== 0)
      throw new UserError({ kind: 'no-fast-open' });
    return new Socket({ fd, allowHalfOpen: true }).setNoDelay(true);
  };
}

/**
 * Which requests the live page answers. A page of any site can send requests to this machine, and can make its own host name
 * point to 127.0.0.1 (DNS rebinding): so only a request that names this server by its address, comes from its own page or
 * from no page, and knows the token of the address, is answered.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ErrorValues } from '../../errors.js';

export interface Door {
  port: number;
  token: string;
}

/** The path after the token; or the status to refuse it with, and why. */
export type Admission = { path: string } | { status: 400 | 403 | 404 | 405; why: ErrorValues };

export function admit({ method, url = '', headers }: IncomingMessage, { port, token }: Door): Admission {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return { status: 403, why: { kind: 'other-host' } };
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`))
    return { status: 403, why: { kind: 'other-origin' } };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, why: { kind: 'only-get' } };
  const [, given = '', ...rest] = url.replace(/[?#].*$/, '').split('/');
  if (!isSame(given, token)) return { status: 403, why: { kind: 'no-token' } };
  const path = `/${rest.join('/')}`;
  // a link may lead to the page, but only the page itself may make its requests
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  if (!isOwn && !(path === '/' && headers['sec-fetch-mode'] === 'navigate'))
    return { status: 403, why: { kind: 'other-site' } };
  return { path };
}

/** Compares in constant time. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** On every answer: nothing is kept, shown in a frame, or read by another site. */
export const SAFE_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

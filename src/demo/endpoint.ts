/** HOST and PORT: where the demo programs listen, and where they connect to. */
import { UserError } from '../errors.js';

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 7777;

export interface EndpointOptions {
  /** An IPv4 or IPv6 address or a name; overrides HOST of the environment, which overrides DEFAULT_HOST. */
  host?: string | undefined;
  /** 0 to 65535, as text or as a number; overrides PORT, which overrides DEFAULT_PORT. */
  port?: string | number | undefined;
}

export interface Endpoint {
  host: string;
  port: number;
}

/**
 * Option over environment over default. A server may ask for port 0 (any free port), a client may not.
 * Throws a UserError that names the option or variable at fault.
 */
export function resolveEndpoint(
  options: EndpointOptions,
  env: NodeJS.ProcessEnv,
  role: 'server' | 'client',
): Endpoint {
  // An empty variable counts as unset, as most shells cannot unset for one command.
  const host = options.host ?? (env.HOST || DEFAULT_HOST);
  if (host.trim() === '') {
    throw new UserError({ kind: 'host-empty' });
  }
  if (options.port !== undefined) return { host: bare(host), port: parsePort(options.port, '--port', role) };
  return { host: bare(host), port: parsePort(env.PORT || DEFAULT_PORT, 'PORT', role) };
}

/** `127.0.0.1:7777`, `[::1]:7777`; an IPv4 peer of an IPv6 socket (`::ffff:…`) as the IPv4 address on the wire. */
export function formatEndpoint(host: string, port: number): string {
  const shown = host.replace(/^::ffff:(?=\d+\.)/, '');
  return shown.includes(':') ? `[${shown}]:${port}` : `${shown}:${port}`;
}

/** `[::1]` as it is printed is accepted as `::1`. */
function bare(host: string): string {
  const trimmed = host.trim();
  return trimmed.startsWith('[') && trimmed.endsWith(']') ? trimmed.slice(1, -1) : trimmed;
}

function parsePort(value: string | number, source: string, role: 'server' | 'client'): number {
  const text = String(value).trim();
  const lowest = role === 'server' ? 0 : 1;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < lowest || port > 65535) {
    throw new UserError({ kind: 'not-a-port', source, port: text, least: lowest });
  }
  return port;
}

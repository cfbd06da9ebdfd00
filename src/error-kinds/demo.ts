/** Why a demo, or one of its programs, cannot run here. */
import type { Kinds } from './shapes.js';

/** What a scenario needs that this machine does not have. */
export const NEED_ERRORS = {
  'needs-linux': {},
  'needs-ipv6': { system: 'text' },
  'namespace-linux': {},
  'namespace-root': {},
  'namespace-refused': { why: 'error' },
  'needs-program': { name: 'text', package: 'text' },
  'needs-koffi': {},
  'call-outside-namespace': {},
  'browser-outside-namespace': {},
} as const satisfies Kinds;

export const DEMO_ERRORS = {
  'no-fast-open': {},
  'queue-not-filled': {},
  'setting-refused': { name: 'text' },
  'network-refused': { program: 'text', why: 'error' },
  'not-in-namespace': {},
  'server-without-port': {},
  'host-empty': {},
  /** `port` as it was given; `least`: 0 for a server, 1 for a client. */
  'not-a-port': { source: 'text', port: 'text', least: 'number' },
  'no-scenario': { protocol: 'text', name: 'text', scenarios: 'texts' },
} as const satisfies Kinds;

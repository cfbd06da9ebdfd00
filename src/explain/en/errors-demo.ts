/** Why a demo, or one of its programs, cannot run here. */
import type { Sentences } from '../../error-kinds/all.js';
import type { DEMO_ERRORS, NEED_ERRORS } from '../../error-kinds/demo.js';

const NAMESPACE = 'This scenario needs a network namespace of its own';

export const NEEDS: Sentences<typeof NEED_ERRORS> = {
  'needs-linux': () => 'This scenario needs Linux.',
  'needs-ipv6': ({ system }) => [
    `This scenario needs IPv6 on the loopback: ::1 cannot be used (${system}).`,
    'On Linux: sudo sysctl net.ipv6.conf.lo.disable_ipv6=0',
  ],
  'namespace-linux': () => `${NAMESPACE}, which only Linux has.`,
  'namespace-root': () => `${NAMESPACE}: only root may make one.`,
  'namespace-refused': ({ why }, said) => `${NAMESPACE}, which cannot be made here: ${said(why)}`,
  'needs-program': (values) => [
    `This scenario needs the program ${values.name}, which is not installed.`,
    `Install the package ${values.package}.`,
  ],
  'needs-koffi': () =>
    'This scenario needs the npm package koffi, which is not installed or not built for this machine.',
  'call-outside-namespace': () => 'This call does not reach the network namespace of this scenario.',
  'browser-outside-namespace': () => 'A browser does not reach the network namespace of this scenario.',
};

export const DEMO: Sentences<typeof DEMO_ERRORS> = {
  'no-fast-open': () => 'This system has no TCP Fast Open for clients.',
  'queue-not-filled': () => 'The queue of connections cannot be filled on this system.',
  'setting-refused': ({ name }) => `${name} cannot be set here.`,
  'network-refused': ({ program, why }, said) =>
    `The network of this scenario cannot be set up: ${program}: ${said(why)}`,
  'not-in-namespace': () => 'This scenario runs in a network namespace of its own only.',
  'server-without-port': () => 'The server has no port.',
  'host-empty': () => ['The host is empty.', 'Give an address or a name, e.g. --host 127.0.0.1'],
  'not-a-port': ({ source, port, least }) => [
    `${source} ${JSON.stringify(port)} is not a port: it takes a whole number from ${least} to 65535.`,
    least === 0 ? 'Port 0 takes any free port.' : null,
  ],
  'no-scenario': ({ protocol, name, scenarios }) => [
    `There is no ${protocol} scenario ${JSON.stringify(name)}.`,
    `Scenarios: ${scenarios.join(', ')}`,
  ],
};

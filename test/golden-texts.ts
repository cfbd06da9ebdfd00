/** Captures with their text next to them: every recording of the demos, and one or two for each kind of statement. */

/** The options for a text, by the part of its file's name before `.txt`. */
export const FORMS = {
  '': ['--width', '80'],
  '.60': ['--width', '60'],
  '.120': ['--width', '120'],
  // as wide as it needs, as nothing limits its width
  '.pipe': [],
  '.ascii': ['--width', '80', '--ascii'],
  '.explain': ['--width', '80', '--explain'],
  '.dialogue': ['--width', '80', '--dialogue'],
} as const;
export type Form = keyof typeof FORMS;

const KERNEL: Readonly<Record<string, readonly Form[]>> = {
  simple: [],
  'simple-ipv6': ['.60', '.120', '.ascii'],
  many: ['.60', '.120', '.pipe'],
  'connect-scan': ['.60', '.pipe'],
  'syn-flood': ['.120'],
  'tcp-and-udp': ['.60', '.pipe', '.ascii'],
  'fast-retransmit': ['.60', '.120', '.explain'],
  'slow-server': ['.120'],
  refused: [],
  'no-answer': [],
  'icmp-refused': ['.60'],
  'not-captured': [],
  'simultaneous-open': ['.60'],
  'simultaneous-close': ['.explain', '.dialogue'],
  'half-open-recovery': [],
  'half-close': [],
  unread: ['.60', '.explain', '.dialogue'],
  'challenge-ack-rst': ['.explain'],
  'timewait-reuse': ['.explain'],
  'give-up': [],
  'zero-window': ['.explain', '.dialogue'],
  'tfo-data': ['.explain'],
  'mptcp-join': ['.pipe'],
  'udp-one-to-many': [],
  'udp-port-unreachable': ['.60'],
};

const SYNTHETIC: Readonly<Record<string, readonly Form[]>> = {
  'cut-short': ['.pipe'],
  'header-cut': [],
  'no-packets': [],
  'other-protocols': [],
  vlan: ['.60'],
  snapped: [],
  backwards: [],
};

const DEMOS: Readonly<Record<string, readonly Form[]>> = {
  'demo-tcp': ['.60', '.120', '.pipe', '.ascii', '.explain', '.dialogue'],
  'demo-tcp-half-close': ['.explain', '.dialogue'],
  'demo-udp': ['.60', '.pipe', '.explain', '.dialogue'],
};

/** The forms in which the text of a capture (its path without the ending) is kept; none of most. */
export function formsOf(stem: string): readonly Form[] {
  const slash = stem.lastIndexOf('/');
  const [folder, name] = [stem.slice(0, slash), stem.slice(slash + 1)];
  if (folder === 'captures') return ['', ...(DEMOS[name] ?? [])];
  const further = (folder === 'fixtures/kernel' ? KERNEL : SYNTHETIC)[name];
  return further === undefined ? [] : ['', ...further];
}

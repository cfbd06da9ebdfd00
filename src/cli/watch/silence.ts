/** Where nothing is captured for a while: said once, with the interfaces that have traffic. */
import { escapeText } from '../../escape.js';
import { busyInterfaces, type PacketCounts, packetCounts } from '../../live/traffic.js';

export interface SilenceSettings {
  /** Milliseconds without a packet, from the start on. */
  after: number;
  counts(): PacketCounts | null;
}

const SETTINGS: SilenceSettings = { after: 5000, counts: packetCounts };

export interface Captured {
  interface: string;
  filter: string;
  /** Packets so far. */
  packets(): number;
}

/** @returns what ends the waiting. */
export function tellSilence(
  captured: Captured,
  say: (line: string) => void,
  settings: SilenceSettings = SETTINGS,
): () => void {
  const before = settings.counts();
  const timer = setTimeout(() => {
    if (captured.packets() > 0) return;
    const after = settings.counts();
    const busy = before === null || after === null ? null : busyInterfaces(before, after);
    say(`synfin: ${silenceSentence(captured, settings.after / 1000, busy)}`);
  }, settings.after);
  return () => clearTimeout(timer);
}

/** `busy`: interfaces with traffic; null where the system does not tell. */
export function silenceSentence(
  { interface: name, filter }: Pick<Captured, 'interface' | 'filter'>,
  seconds: number,
  busy: readonly string[] | null,
): string {
  const what = filter === '' ? 'no packets' : `no packets that match '${escapeText(filter)}'`;
  const where = name === 'any' ? 'any interface' : escapeText(name);
  const said = `${what} on ${where} for ${seconds} s`;
  if (busy === null) return `${said}; synfin interfaces lists the others`;
  if (name === 'any') return busy.length === 0 ? said : `${said}; there is traffic on ${listed(busy)}`;
  const [first, ...more] = busy.filter((other) => other !== name);
  const own = busy.includes(name) && filter !== '' ? `; ${where} has other traffic` : '';
  if (first === undefined) return own === '' ? `${said}; no other interface has traffic` : said + own;
  return `${said}${own}; there is traffic on ${listed([first, ...more])}: synfin live -i ${escapeText(first)}`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => escapeText(name)).join(', ');
}

/** A message, once, where nothing is captured for a while, with the interfaces that have traffic. */
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
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
export function reportSilence(
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

/** `busy`: interfaces with traffic; null where the system does not say. */
export function silenceSentence(
  { interface: name, filter }: Pick<Captured, 'interface' | 'filter'>,
  seconds: number,
  busy: readonly string[] | null,
): string {
  const any = name === 'any';
  const others = busy === null ? null : any ? busy : busy.filter((other) => other !== name);
  const hasOther = filter !== '' && busy?.includes(name) === true;
  const named = any ? null : escapeText(name);
  return phrases.silenceText(escapeText(filter), named, seconds, others?.map(escapeText) ?? null, hasOther);
}

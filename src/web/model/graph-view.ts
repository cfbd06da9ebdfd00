/** The part of a connection's time that its graphs show, and how times are written along it. */
import { phrases } from '../../explain/phrases.js';

/** Seconds since the connection began. */
export interface View {
  from: number;
  to: number;
}

/** The whole, with a margin so that nothing lies on the edge. */
export function wholeView(duration: number): View {
  return { from: -0.01 * duration, to: Math.max(1e-6, duration * 1.01) };
}

/** A shorter view shows nothing more: times are in nanoseconds. */
const SHORTEST = 1e-7;

/** `by`: 2 shows half of the time, 0.5 twice as much. Null: the whole. */
export function zoomed(view: View | null, by: number, center: number | null, duration: number): View | null {
  const whole = wholeView(duration);
  const { from, to } = view ?? whole;
  const length = Math.max(SHORTEST, (to - from) / by);
  const isInside = center !== null && center >= from && center <= to;
  return within((isInside ? center : (from + to) / 2) - length / 2, length, whole);
}

/** From one place to another, in any order; null where they are too near to each other. */
export function between(a: number, b: number, duration: number): View | null {
  const from = Math.min(a, b);
  const length = Math.max(a, b) - from;
  return length < SHORTEST ? null : within(from, length, wholeView(duration));
}

/** Moved just so far that it has the time. */
export function withTime(view: View, time: number, duration: number): View {
  const { from, to } = view;
  if (time >= from && time <= to) return view;
  return within(time - (to - from) / 2, to - from, wholeView(duration)) ?? view;
}

function within(from: number, length: number, whole: View): View | null {
  if (length >= whole.to - whole.from) return null;
  const begin = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: begin, to: begin + length };
}

const UNITS = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
  ['ns', 1e-9],
] as const;

/** Times along an axis, with as many digits as tell them apart; none for what is before the beginning. */
export function tickTexts(times: readonly number[]): string[] {
  const shown = times.filter((time) => time >= 0);
  const short = shown.map((time) => (time === 0 ? '0' : phrases.durationText(time)));
  const texts = new Set(short).size === short.length ? short : preciseTexts(shown);
  return [...times.slice(shown.length).map(() => ''), ...texts];
}

function preciseTexts(times: readonly number[]): string[] {
  const last = times.at(-1) ?? 0;
  const step = (last - (times[0] ?? 0)) / Math.max(1, times.length - 1);
  const [unit, size] = UNITS.find(([, each]) => last >= each) ?? UNITS[3];
  const digits = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9)));
  return times.map((time) => `${phrases.decimalText(time / size, digits)} ${unit}`);
}

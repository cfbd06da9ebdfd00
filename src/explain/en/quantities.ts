/** Numbers as people read them. */

/** `1,234,567`. (toLocaleString would load the locale data: a third of the time of a short run.) */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 SYN`, `3 SYNs`. */
export function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `1 byte`, `1,234 bytes`. */
export function byteCount(n: number): string {
  return count(n, 'byte');
}

/** `999 B`, `1.2 kB`, `3.4 GB`. */
export function byteAmount(n: number): string {
  if (n < 1000) return `${n} B`;
  const power = Math.min(4, Math.floor(Math.log10(n) / 3));
  return `${(n / 1000 ** power).toFixed(1)} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** Seconds with the unit that fits: `29 µs`, `13.2 ms`, `3.02 s`, `2 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 0) return `-${durationText(-seconds)}`;
  if (seconds < 1e-6) return `${trim(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${trim(seconds * 1e6)} µs`;
  if (seconds < 1) return `${trim(seconds * 1e3)} ms`;
  if (seconds < 60) return `${trim(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Several of them as one word: `8.51µs/14µs/41.9ms`, and the unit once where it is the same, `12.3/16/21.5µs`. */
export function durationsText(...seconds: number[]): string {
  const texts = seconds.map((time) => durationText(time).replaceAll(' ', ''));
  const units = texts.map((text) => /^[\d.]+(\D+)$/.exec(text)?.[1]);
  const [unit] = units;
  if (unit === undefined || units.some((other) => other !== unit)) return texts.join('/');
  return `${texts.map((text) => text.slice(0, -unit.length)).join('/')}${unit}`;
}

/** Three significant digits, no trailing zeros. */
function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}

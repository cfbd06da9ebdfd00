/** Numbers as people read them, except the separators, which depend on the language. */

/** Between whole and fraction, and between thousands. */
export interface Signs {
  fraction: string;
  thousands: string;
}

export interface Quantities {
  /** `1,234,567`. */
  grouped(n: number): string;
  /** `999 B`, `1.2 kB`, `3.4 GB`. */
  byteAmount(n: number): string;
  /** `386 B`, `1.07 kB`: three digits, for columns. */
  byteCell(bytes: number): string;
  /** Seconds with the unit that fits: `29 µs`, `13.2 ms`, `3.02 s`, `2 min 5 s`. */
  durationText(seconds: number): string;
  /** Several of them as one word: `8.51µs/14µs/41.9ms`, and the unit once where it is the same, `12.3/16/21.5µs`. */
  durationsText(...seconds: number[]): string;
  /** Three significant digits, with the zeros at the end: for columns. `4.00 ms`, `1.08 s`, `2 min 5 s`, `3 d 4 h`. */
  durationCell(seconds: number): string;
  /** As columns have it, without zeros at the end: an end of a range. */
  roundDuration(seconds: number): string;
  /** With a sign between whole and fraction, and the given number of digits after it: `0.000026`. */
  decimalText(value: number, digits: number): string;
}

/** (toLocaleString would load the locale data: a third of the time of a short run.) */
export function quantitiesWith({ fraction, thousands }: Signs): Quantities {
  const zeros = new RegExp(`[${fraction}]0+(?= )`);
  const signed = (text: string): string => text.replace('.', fraction);
  const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, thousands);
  const decimalText = (value: number, digits: number): string => signed(value.toFixed(digits));
  /** Three significant digits, no trailing zeros. */
  const trimmed = (value: number): string => signed(String(Number(value.toPrecision(3))));
  /** Without an exponent. */
  const fixed = (text: string): string => signed(text.includes('e') ? String(Number(text)) : text);

  const durationText = (seconds: number): string => {
    if (seconds < 0) return `-${durationText(-seconds)}`;
    if (seconds < 1e-6) return `${trimmed(seconds * 1e9)} ns`;
    if (seconds < 1e-3) return `${trimmed(seconds * 1e6)} µs`;
    if (seconds < 1) return `${trimmed(seconds * 1e3)} ms`;
    if (seconds < 60) return `${trimmed(seconds)} s`;
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return `${minutes} min ${whole % 60} s`;
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return `${hours} h ${minutes % 60} min`;
    return `${grouped(Math.floor(hours / 24))} d ${hours % 24} h`;
  };
  const durationCell = (seconds: number): string => {
    if (seconds < 0) return `-${durationCell(-seconds)}`;
    if (seconds === 0) return '0 s';
    for (const [unit, size] of FINE_UNITS) {
      const text = (seconds / size).toPrecision(3);
      if (Number(text) < (unit === 's' ? 60 : 1000)) return `${fixed(text)} ${unit}`;
    }
    return durationText(seconds);
  };
  return {
    grouped,
    decimalText,
    durationText,
    durationCell,
    byteAmount(n) {
      if (n < 1000) return `${n} B`;
      const power = Math.min(4, Math.floor(Math.log10(n) / 3));
      return `${decimalText(n / 1000 ** power, 1)} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
    },
    byteCell(bytes) {
      if (bytes < 1000) return `${bytes} B`;
      const units = ['kB', 'MB', 'GB', 'TB'];
      let value = bytes / 1000;
      for (const unit of units) {
        const text = value.toPrecision(3);
        if (Number(text) < 1000 || unit === 'TB') return `${fixed(text)} ${unit}`;
        value /= 1000;
      }
      return `${bytes} B`;
    },
    durationsText(...seconds) {
      const texts = seconds.map((time) => durationText(time).replaceAll(' ', ''));
      const units = texts.map((text) => /^[\d.,]+(\D+)$/.exec(text)?.[1]);
      const [unit] = units;
      if (unit === undefined || units.some((other) => other !== unit)) return texts.join('/');
      return `${texts.map((text) => text.slice(0, -unit.length)).join('/')}${unit}`;
    },
    roundDuration: (seconds) => durationCell(seconds).replace(zeros, ''),
  };
}

const FINE_UNITS = [
  ['ns', 1e-9],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
] as const;

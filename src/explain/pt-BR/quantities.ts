/** Numbers as people read them: a comma before the fraction, thousands with a full stop. */
import type { Noun } from '../en/nouns.js';
import { nounForm } from './noun-forms.js';

/** `1.234.567`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '.');
}

/** `0 SYN`, `1 SYN`, `3 SYNs`; `mais 3 ACKs`. */
export function count(n: number, noun: Noun): string {
  const form = nounForm(n, noun);
  return form.includes('#') ? form.replace('#', grouped(n)) : `${grouped(n)} ${form}`;
}

/** `1 byte`, `1.234 bytes`. */
export function byteCount(n: number): string {
  return count(n, 'byte');
}

/** `999 B`, `1,2 kB`, `3,4 GB`. */
export function byteAmount(n: number): string {
  if (n < 1000) return `${n} B`;
  const power = Math.min(4, Math.floor(Math.log10(n) / 3));
  return `${decimalText(n / 1000 ** power, 1)} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** Seconds with the unit that fits: `29 µs`, `13,2 ms`, `3,02 s`, `2 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 0) return `-${durationText(-seconds)}`;
  if (seconds < 1e-6) return `${trim(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${trim(seconds * 1e6)} µs`;
  if (seconds < 1) return `${trim(seconds * 1e3)} ms`;
  if (seconds < 60) return `${trim(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${grouped(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** Several of them as one word: `8,51µs/14µs/41,9ms`, and the unit once where it is the same, `12,3/16/21,5µs`. */
export function durationsText(...seconds: number[]): string {
  const texts = seconds.map((time) => durationText(time).replaceAll(' ', ''));
  const units = texts.map((text) => /^[\d.,]+(\D+)$/.exec(text)?.[1]);
  const [unit] = units;
  if (unit === undefined || units.some((other) => other !== unit)) return texts.join('/');
  return `${texts.map((text) => text.slice(0, -unit.length)).join('/')}${unit}`;
}

/** Three significant digits, no trailing zeros. */
function trim(value: number): string {
  return withComma(String(Number(value.toPrecision(3))));
}

function withComma(text: string): string {
  return text.replace('.', ',');
}

/** Three significant digits, with the zeros at the end: for columns. `4,00 ms`, `1,08 s`, `2 min 5 s`, `3 d 4 h`. */
export function durationCell(seconds: number): string {
  if (seconds < 0) return `-${durationCell(-seconds)}`;
  if (seconds === 0) return '0 s';
  for (const [unit, size] of FINE_UNITS) {
    const text = (seconds / size).toPrecision(3);
    if (Number(text) < (unit === 's' ? 60 : 1000)) return `${fixed(text)} ${unit}`;
  }
  return durationText(seconds);
}

const FINE_UNITS = [
  ['ns', 1e-9],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
] as const;

/** `386 B`, `1,07 kB`. */
export function byteCell(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  for (const unit of units) {
    const text = value.toPrecision(3);
    if (Number(text) < 1000 || unit === 'TB') return `${fixed(text)} ${unit}`;
    value /= 1000;
  }
  return `${bytes} B`;
}

/** With a comma between whole and fraction, and so many digits behind it: `0,000026`. */
export function decimalText(value: number, digits: number): string {
  return withComma(value.toFixed(digits));
}

/** As columns have it, without zeros at the end: an end of a range. */
export function roundDuration(seconds: number): string {
  return durationCell(seconds).replace(/,0+(?= )/, '');
}

/** Without an exponent. */
function fixed(text: string): string {
  return withComma(text.includes('e') ? String(Number(text)) : text);
}

/** The label of an arrow: what the segment is, in bold, then its numbers, where they add something. */
import { phrases } from '../../explain/phrases.js';
import type { SegmentLine } from '../segment-line.js';
import type { AckStep } from './ack-steps.js';

export interface Label {
  /** `SYN`, `FIN ACK`, `6 bytes`. */
  what: string;
  /** `seq 6`, and `ack 7 = 1 + 6`. */
  numbers: readonly string[];
}

export function labelOf(row: SegmentLine, step: AckStep | undefined): Label {
  const { flags, length } = row;
  const control = flags.filter(
    (flag) => flag === 'SYN' || flag === 'FIN' || flag === 'RST' || flag === 'URG',
  );
  const acks = flags.includes('ACK');
  const named = control.includes('SYN') && acks ? ['SYN-ACK', ...control.slice(1)] : [...control];
  if (!control.includes('SYN') && acks && (length === 0 || control.length > 0))
    named.push(isDuplicateAck(row) ? phrases.duplicateAckText(row.duplicate) : 'ACK');
  if (flags.length === 0) named.push(phrases.NO_FLAGS);
  if (length > 0) named.push(phrases.byteCount(length));
  if (row.codes.includes('capture-duplicate')) named.push(phrases.seenTwiceText(length));
  else if (row.again) named.push(phrases.sentAgainText(length));
  const takesNumbers = length > 0 || control.length > 0 || flags.length === 0;
  const numbers = takesNumbers ? [`seq ${numberText(row.sequence)}`] : [];
  if (row.acknowledgement !== null && (step !== undefined || !takesNumbers))
    numbers.push(`ack ${numberText(row.acknowledgement)}${stepText(row, step)}`);
  return { what: named.join(' '), numbers };
}

function isDuplicateAck({ codes, length }: SegmentLine): boolean {
  return length === 0 && codes.includes('duplicate-ack') && !codes.includes('dsack');
}

/** With thousands; `0 (raw)` as it is. */
function numberText(number: string): string {
  return /^\d+$/.test(number) ? phrases.grouped(Number(number)) : number;
}

/** ` = 1 + 6`: counted from the shown number, so that it is right for raw numbers too. */
function stepText({ acknowledgement }: SegmentLine, step: AckStep | undefined): string {
  const shown = Number(acknowledgement);
  if (step === undefined || !Number.isFinite(shown)) return '';
  const added = step.bytes + (step.syn ? 1 : 0) + (step.fin ? 1 : 0);
  const from = (shown - added + 2 ** 32) % 2 ** 32;
  const parts = [phrases.grouped(from)];
  if (step.syn) parts.push('SYN');
  if (step.bytes > 0) parts.push(phrases.grouped(step.bytes));
  if (step.fin) parts.push('FIN');
  return ` = ${parts.join(' + ')}`;
}

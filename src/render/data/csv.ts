/**
 * CSV as in RFC 4180, but lines end in LF only. An unknown value is an empty cell.
 *
 * No text here is copied from a capture: addresses are written from numbers, and the rest is our own text. If
 * that changes, a cell still cannot send control characters to a terminal, or a formula to a spreadsheet.
 */
import { escapeText } from '../../escape.js';
import type { Cell, ColumnShape } from '../../fields/field.js';
import { rfc3339 } from '../../time.js';

export function csvHeader(columns: readonly ColumnShape[]): string {
  return `${columns.map(({ name }) => name).join(',')}\n`;
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoted(textCell(cell));
  if (typeof cell === 'object') return rfc3339(cell.seconds, cell.nanoseconds) ?? '';
  return String(cell);
}

/** A spreadsheet takes text that begins like this for a formula; the apostrophe keeps it text. */
const FORMULA = /^[=+\-@\t\r]/;

function textCell(text: string): string {
  return (FORMULA.test(text) ? "'" : '') + escapeText(text);
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Values of a list as the text of cells. */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { EndpointAddress } from '../../verdict/report.js';
import type { Form, ListValue } from '../list-columns.js';
import { type TimeStyle, timeText } from './times.js';

export const UNKNOWN_CELL = '-';

export function cellText(value: ListValue, form: Form, time: TimeStyle): string {
  if (value === null) return UNKNOWN_CELL;
  if (typeof value === 'object')
    return 'seconds' in value ? timeText(value, time) : endpointText(value.address, value.port);
  if (typeof value !== 'number') return String(value);
  if (form === 'seconds') return phrases.durationCell(value);
  if (form === 'bytes') return phrases.byteCell(value);
  if (form === 'share') return phrases.shareText(value, 1);
  return form === 'count' ? phrases.grouped(value) : String(value);
}

/** An address shortened in the middle: `[2001:db8…:10]:443`. */
export function shortEndpoint({ address, port }: EndpointAddress): string {
  const parts = address.split(':');
  if (parts.length < 5) return endpointText(address, port);
  const last = parts.at(-1) ?? '';
  return `[${parts.slice(0, 2).join(':')}…:${last}]:${port}`;
}

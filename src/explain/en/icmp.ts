/** ICMP errors in words. */
import type { Finding } from '../../track/memory/finding-log.js';
import { icmpMeaning } from '../../verdict/udp.js';

export interface IcmpWords {
  version: 4 | 6;
  type: number;
  code: number;
  /** From a "too big" error; null without one. */
  mtu: number | null;
}

/** Of the values of a finding `icmp-error`. */
export function icmpWords({ version, type, code, mtu }: NonNullable<Finding['values']>): IcmpWords {
  const known = mtu === undefined ? null : Number(mtu);
  return { version: version === 6 ? 6 : 4, type: Number(type), code: Number(code), mtu: known };
}

/** E.g. `port unreachable`; `fragmentation needed, MTU 1460`; `type 3, code 6` where there is no word for it. */
export function icmpText({ version, type, code, mtu }: IcmpWords): string {
  const meaning = icmpMeaning(version, type, code);
  const words = meaning === 'icmp-error' ? `type ${type}, code ${code}` : meaning.replaceAll('-', ' ');
  return mtu === null ? words : `${words}, MTU ${mtu}`;
}

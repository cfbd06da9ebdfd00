/** TCP options in words: `mss 1460, wscale 7, sack, ts 1 0`. */
import { u16, u32 } from './packet.js';

type Option = (values: readonly number[]) => number[];

const WORDS: Readonly<Record<string, Option>> = {
  mss: ([value = 1460]) => [2, 4, ...u16(value)],
  wscale: ([value = 0]) => [3, 3, value],
  sack: () => [4, 2],
  'sack-blocks': (edges) => [5, 2 + edges.length * 4, ...edges.flatMap(u32)],
  ts: ([value = 1, echo = 0]) => [8, 10, ...u32(value), ...u32(echo)],
  md5: () => [19, 18, ...new Array<number>(16).fill(9)],
  ao: () => [29, 16, ...new Array<number>(14).fill(9)],
  'user-timeout': ([value = 30]) => [28, 4, ...u16(value)],
  'mp-capable': () => [30, 4, 0x01, 0x81],
  'mp-join': () => [30, 12, 0x10, 1, ...u32(7), ...u32(8)],
  'mp-data-fin': () => [30, 20, 0x20, 0x15, ...u32(7), ...u32(8), ...u32(0), 0, 1, 0, 0],
  'mp-ack': () => [30, 8, 0x20, 0x01, ...u32(7)],
  'tfo-request': () => [34, 2],
  'tfo-cookie': () => [34, 10, 1, 2, 3, 4, 5, 6, 7, 8],
  'tfo-old-request': () => [254, 4, 0xf9, 0x89],
  'tfo-old-cookie': () => [254, 12, 0xf9, 0x89, 1, 2, 3, 4, 5, 6, 7, 8],
  accecn: () => [172, 5, 0, 0, 1],
};

export function parseOptions(text: string, line: number): number[] {
  return text
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '')
    .flatMap((option) => {
      const [name = '', ...values] = option.split(/\s+/);
      const build = WORDS[name];
      if (build === undefined) throw new Error(`line ${line}: option ${name}?`);
      return build(values.map(Number));
    });
}

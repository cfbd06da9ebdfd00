/**
 * Captures made to cost more than others of their size: each compared with a control that differs only in the
 * attack. The best of several turns of both is compared, in one process; without a bound the ratios are over 10.
 */
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { ACK, SYN } from '../../src/decode/packet.js';
import { u16, u32 } from '../scenario/packet.js';
import { analyse, type Captured, frameSource } from '../scenario/pipeline.js';

const COUNT = 20_000;
const MOST = 3;

function frame(index: number, bytes: readonly number[]): Captured {
  return { seconds: 1_700_000_000, nanoseconds: index * 1000, bytes: Uint8Array.from(bytes) };
}

function tcp(from: number, to: number, sequence: number, acknowledgement: number, flags: number): number[] {
  return [...u16(from), ...u16(to), ...u32(sequence), ...u32(acknowledgement), 0x50, flags, 4, 0, 0, 0, 0, 0];
}

function ipv4(source: number, target: number, protocol: number, payload: readonly number[]): number[] {
  const length = u16(20 + payload.length);
  return [0x45, 0, ...length, 0, 0, 0, 0, 64, protocol, 0, 0, ...u32(source), ...u32(target), ...payload];
}

function ipv6(source: readonly number[], target: readonly number[]): number[] {
  const payload = tcp(4444, 80, 1000, 0, SYN);
  const words = [...source, ...target].flatMap((word) => u32(word >>> 0));
  return [0x60, 0, 0, 0, ...u16(payload.length), 6, 64, ...words, ...payload];
}

/** One SYN in as many networks of VXLAN: from the same port, or each from another. */
function vxlans(samePort: boolean): Captured[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const inner = ipv4(0x0a000001, 0x0a000002, 6, tcp(samePort ? 4444 : 1024 + i, 80, i * 7919, 0, SYN));
    const ethernet = [...new Array<number>(12).fill(0), 8, 0, ...inner];
    const vxlan = [8, 0, 0, 0, ...u32((i + 1) << 8), ...ethernet];
    return frame(i, ipv4(1, 2, 17, [...u16(5), ...u16(4789), ...u16(8 + vxlan.length), 0, 0, ...vxlan]));
  });
}

/** Addresses that differ only in the top bits of their first words, or anywhere. */
function addresses(top: boolean): Captured[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const bits = (shift: number): number => {
      const three = (i * 13) >>> shift;
      return top ? (three & 7) << 29 : Math.imul(i * 31 + shift, 0x9e3779b1);
    };
    const [one, other] = top ? [1, 2] : [bits(1), bits(2)];
    return frame(i, ipv6([bits(0), bits(3), bits(6), one], [bits(9), bits(12), bits(15), other]));
  });
}

/** Keys of GRE with equal low bits, or any. */
function keys(equalBits: boolean): Captured[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const key = equalBits ? Math.imul(i, 1 << 17) ^ (i >>> 15) : Math.imul(i, 0x9e3779b1);
    const inner = ipv4(0x0a000001, 0x0a000002, 6, tcp(1000 + i, 80, 1, 0, SYN));
    return frame(i, ipv4(1, 2, 47, [0x20, 0, 8, 0, ...u32(key >>> 0), ...inner]));
  });
}

async function time(frames: readonly Captured[]): Promise<number> {
  const analysis = new Analysis({ connection() {}, wants: () => false });
  const begun = process.cpuUsage();
  await analysis.read(frameSource(frames, 4096));
  analysis.finish({ files: [], warnings: [], drops: null });
  return process.cpuUsage(begun).user;
}

describe('an attack takes no longer than its control', () => {
  it.each([
    ['the same ends in many tunnels', vxlans],
    ['IPv6 addresses of the same low bits', addresses],
    ['tunnels whose keys have the same low bits', keys],
  ] as const)('%s', { timeout: 120_000 }, async (_, made) => {
    const [attack, control] = [made(true), made(false)];
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
    for (let turn = 0; turn < 3; turn++) {
      best[0] = Math.min(best[0], await time(attack));
      best[1] = Math.min(best[1], await time(control));
    }
    expect(best[0] / best[1]).toBeLessThan(MOST);
  });
});

it('SYNs beyond the limit of held ones begin a connection only where their answer shows it', async () => {
  const connections = 17_000;
  const frames: Captured[] = [];
  const send = (bytes: readonly number[]): void => void frames.push(frame(frames.length, bytes));
  for (let i = 0; i < connections; i++) {
    send(ipv4(i + 100, 2, 6, tcp(1, 2, 0, 0, SYN)));
    send(ipv4(2, i + 100, 6, tcp(2, 1, 0, 1, SYN | ACK)));
    send(ipv4(i + 100, 2, 6, tcp(1, 2, 1, 1, ACK)));
  }
  for (let i = 0; i < connections; i++) send(ipv4(i + 100, 2, 6, tcp(1, 2, 777_777, 0, SYN)));
  for (let i = 0; i < connections; i++) send(ipv4(2, i + 100, 6, tcp(2, 1, 1, 1, ACK)));
  const { summary } = await analyse(frames, {}, { rows: false });
  expect(summary.connections).toBe(connections);
}, 60_000);

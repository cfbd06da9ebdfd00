/** Warnings of a pcapng reader, with the place of the block or packet that they are about. */
import type { Problem } from './problem.js';
import type { ReaderReports } from './reader.js';
import type { ByteWindow } from './window.js';

export class PcapngWarnings {
  private readonly reported = new Set<string>();

  constructor(
    private readonly window: ByteWindow,
    private readonly reports: ReaderReports,
  ) {}

  /** Of the packet of this number, in a block at this place in memory. */
  packet(code: string, number: number, at: number, problem: Problem, damage = false): void {
    this.reports.warn({ code, problem, offset: this.window.base + at, damage, packet: number });
  }

  /** The first one with its code. */
  packetOnce(code: string, number: number, at: number, problem: Problem, damage = false): void {
    if (this.isNew(code)) this.packet(code, number, at, problem, damage);
  }

  /** Of a block; the first one with its code. */
  blockOnce(code: string, at: number, problem: Problem, damage = false): void {
    if (this.isNew(code)) this.reports.warn({ code, problem, offset: this.window.base + at, damage });
  }

  private isNew(code: string): boolean {
    if (this.reported.has(code)) return false;
    this.reported.add(code);
    return true;
  }
}

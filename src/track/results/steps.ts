/** Steps in the life of connections, for who watches: each is reported once, as soon as a packet or time shows it. */
import { ENDED, OPENED } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { hasGivenUp, isRefusedByIcmp } from './given-up.js';
import { stepOf } from './segment-row.js';
import type { Step, TrackerSink } from './sink.js';
import type { ConnectionSnapshot } from './snapshot.js';

export class Steps {
  constructor(
    private readonly focus: Focus,
    private readonly report: NonNullable<TrackerSink['step']>,
    private readonly snapshot: (slot: number) => ConnectionSnapshot,
  ) {}

  /** Of the connection in focus, after a segment of it. */
  afterSegment(slot: number): void {
    const step = stepOf(this.focus);
    if (step !== null) this.say(slot, step);
  }

  /** The same after an ICMP error that quotes it. */
  afterIcmpError(slot: number): void {
    if (isRefusedByIcmp(this.focus)) this.say(slot, 'failed');
  }

  /** Of any connection, at a time when no segment comes. */
  atTime(slot: number, at: number): void {
    const { focus } = this;
    if ((focus.pointAtConnection(slot).bits & (OPENED | ENDED)) !== 0) return;
    focus.pointAt(slot, 0);
    if (hasGivenUp(focus, at)) this.say(slot, 'failed');
  }

  private say(slot: number, step: Step): void {
    if (step === 'closed' || step === 'failed') this.focus.connection.bits |= ENDED;
    this.report(step, () => this.snapshot(slot));
  }
}

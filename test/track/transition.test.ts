/**
 * The table of states, arm by arm, compared with RFC 9293 as written down here again: section, state, event, new
 * state. All other events must leave the state unchanged.
 */
import { describe, expect, it } from 'vitest';
import {
  ARMS,
  EVENTS,
  type EventName,
  STATES,
  type StateName,
  stateName,
  synchronised,
  transition,
} from '../../src/track/rfc9293/transition.js';

function next(from: StateName, event: EventName): StateName {
  return stateName(transition(STATES.indexOf(from), EVENTS.indexOf(event)));
}

type Row = readonly [section: string, from: StateName, event: EventName, to: StateName];

const CONNECTED: readonly StateName[] = [
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
];

/** RFC 9293, by section: what an end in that state does. */
const BY_THE_BOOK: readonly Row[] = [
  ['3.10.1', 'CLOSED', 'sends SYN', 'SYN-SENT'],
  ['3.10.7.2 third', 'LISTEN', 'sends SYN-ACK', 'SYN-RECEIVED'],
  ['3.10.2', 'LISTEN', 'sends SYN', 'SYN-SENT'],
  ['3.10.7.3 second', 'SYN-SENT', 'receives RST', 'CLOSED'],
  ['3.10.7.3 fourth', 'SYN-SENT', 'receives SYN-ACK', 'ESTABLISHED'],
  ['3.10.7.3 fourth', 'SYN-SENT', 'receives SYN', 'SYN-RECEIVED'],
  ['3.10.5', 'SYN-SENT', 'sends RST', 'CLOSED'],
  ['3.10.7.4 second', 'SYN-RECEIVED', 'receives RST', 'CLOSED'],
  ['3.10.7.4 fifth', 'SYN-RECEIVED', 'receives ACK of its SYN', 'ESTABLISHED'],
  ['3.10.4', 'SYN-RECEIVED', 'sends FIN', 'FIN-WAIT-1'],
  ['3.10.7.4 eighth', 'SYN-RECEIVED', 'receives FIN', 'CLOSE-WAIT'],
  ['3.10.5', 'SYN-RECEIVED', 'sends RST', 'CLOSED'],
  ['3.10.4', 'ESTABLISHED', 'sends FIN', 'FIN-WAIT-1'],
  ['3.10.7.4 eighth', 'ESTABLISHED', 'receives FIN', 'CLOSE-WAIT'],
  ['3.10.7.4 fifth', 'FIN-WAIT-1', 'receives ACK of its FIN', 'FIN-WAIT-2'],
  ['3.10.7.4 eighth', 'FIN-WAIT-1', 'receives FIN', 'CLOSING'],
  ['3.10.7.4 eighth', 'FIN-WAIT-2', 'receives FIN', 'TIME-WAIT'],
  ['3.10.4', 'CLOSE-WAIT', 'sends FIN', 'LAST-ACK'],
  ['3.10.7.4 fifth', 'CLOSING', 'receives ACK of its FIN', 'TIME-WAIT'],
  ['3.10.7.4 fifth', 'LAST-ACK', 'receives ACK of its FIN', 'CLOSED'],
  ...CONNECTED.map((from): Row => ['3.10.7.4 second', from, 'receives RST', 'CLOSED']),
  ...CONNECTED.map((from): Row => ['3.10.5', from, 'sends RST', 'CLOSED']),
];

describe('RFC 9293', () => {
  it.each(BY_THE_BOOK)('%s: %s, %s: %s', (_section, from, event, to) => {
    expect(next(from, event)).toBe(to);
  });

  it.each(BY_THE_BOOK)('%s: %s, %s is an arm with a reason', (_section, from, event) => {
    const arm = ARMS.find((each) => each.from === from && each.event === event);
    expect(arm?.because).toMatch(/\S/);
  });
});

describe('what only an observer needs', () => {
  const observed = ARMS.filter(
    (arm) => !BY_THE_BOOK.some(([, from, event]) => from === arm.from && event === arm.event),
  );

  it.each(observed.map((arm) => [arm.from, arm.event, arm.to, arm.because] as const))(
    '%s, %s: %s (%s)',
    (from, event, to, because) => {
      expect(next(from, event)).toBe(to);
      // either its beginning was not captured, or an end is taken to have moved on
      const inferred =
        from === 'unseen' || /captured|Figure 7|3\.5\.2|both ends|listens|received/.test(because);
      expect(inferred).toBe(true);
    },
  );

  it('every state can be entered and, except the last ones, left', () => {
    for (const state of STATES) {
      if (state !== 'unseen') expect(ARMS.map(({ to }) => to)).toContain(state);
      expect(ARMS.map(({ from }) => from)).toContain(state);
    }
  });
});

describe('the table', () => {
  it('has each arm once, and none that changes nothing', () => {
    const keys = ARMS.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const arm of ARMS) expect(arm.to).not.toBe(arm.from);
  });

  it('does not change the state where there is no arm', () => {
    const arms = new Map(ARMS.map(({ from, event, to }) => [`${from} ${event}`, to]));
    for (const from of STATES) {
      for (const event of EVENTS) expect(next(from, event)).toBe(arms.get(`${from} ${event}`) ?? from);
    }
  });

  it('never goes back from a synchronised state to one of opening', () => {
    for (const { from, to } of ARMS) {
      if (!synchronised(STATES.indexOf(from))) continue;
      expect(synchronised(STATES.indexOf(to)) || to === 'CLOSED').toBe(true);
    }
  });

  it('returns the given state for values out of its bounds', () => {
    expect(transition(200, 0)).toBe(200);
    expect(stateName(200)).toBe('unseen');
  });
});

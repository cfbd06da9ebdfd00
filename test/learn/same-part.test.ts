/** The part of an output that a page shows, in that of another capture, whose lines wrap elsewhere. */
import { describe, expect, it } from 'vitest';
import { samePart } from '../../src/learn/same-part.js';

const LIVE = [
  'demo-tcp.pcap: 4 packets, 1 TCP connection',
  ' #     time     since client              server',
  '── opening three-way handshake in 26.3 µs (which takes',
  '           two lines here)',
  ' 1 0.000000           SYN-SENT │─SYN─▶│ LISTEN',
  '   The client asks to open.',
  ' 2 0.000014 +0.000014 CLOSED   │◀─RST─│ CLOSED',
  '   The server refuses,',
  '   in two lines.',
  'agreed: nothing',
  '  at all',
];

describe('the same part', () => {
  it('begins and ends with the same rows', () => {
    expect(samePart([' 1 0.000000 …', '   One line.', ' 2 0.5 …'], LIVE)).toEqual(LIVE.slice(4, 7));
  });

  it('has the whole note on its last row, where the page has it', () => {
    expect(samePart([' 2 0.5 …', '   One line.'], LIVE)).toEqual(LIVE.slice(6, 9));
  });

  it('has a whole phase, however it wraps', () => {
    expect(samePart(['# time', '── opening three-way'], LIVE)).toEqual(LIVE.slice(1, 4));
  });

  it('is known by its first word, where it is no row', () => {
    expect(samePart(['agreed: MSS 65495', '  and more', '  and more'], LIVE)).toEqual(LIVE.slice(9));
  });

  it.each([[['   goes on']], [[]], [[' 3 0.1 …']]])('is none for %o', (shown) => {
    expect(samePart(shown, LIVE)).toBeNull();
  });
});

/** Words: every code and reason has a sentence of its own, and numbers read as people write them. */
import { describe, expect, it } from 'vitest';
import { findingSentence, ignoredSentence } from '../../src/explain/en/finding-sentences.js';
import { patternSentence } from '../../src/explain/en/pattern-sentences.js';
import { byteCount, count, durationText } from '../../src/explain/en/quantities.js';
import { CODES } from '../../src/track/memory/codes.js';
import type { IgnoredBecause } from '../../src/track/memory/extras.js';
import { noOutcomes } from '../../src/verdict/attempt-outcomes.js';
import { severityOf } from '../../src/verdict/catalogue.js';
import type { Pattern } from '../../src/verdict/patterns.js';

const SCAN: Pattern = {
  code: 'port-scan',
  address: '192.0.2.1',
  target: '192.0.2.9',
  port: null,
  ports: 12,
  hosts: 1,
  count: 12,
  interval: null,
  outcomes: { ...noOutcomes(), refused: 10, noAnswer: 2 },
  firstPacket: 3,
  exact: true,
};

const REASONS: Record<IgnoredBecause, RegExp> = {
  'rst-not-for-syn': /RST.*SYN.*RFC 9293 3\.10\.7\.3/,
  'rst-in-window': /challenge ACK.*RFC 5961 3\.2/,
  'rst-outside-window': /window.*RFC 9293 3\.5\.3/,
  'rst-refuted': /go on.*not sent by this end, or did not arrive/,
  'syn-in-handshake': /another number.*RFC 9293 3\.10\.7\.4/,
  'syn-ack-echo': /echoes a timestamp.*RFC 7323 3\.2/,
  'other-syn-ack': /another SYN-ACK/,
  'closed-already': /given the connection up/,
  'before-syn-ack': /SYN-SENT.*RFC 9293 3\.10\.7\.3/,
  'ack-too-old': /older.*RFC 5961 5\.2/,
  'outside-window': /outside the window.*RFC 9293 3\.10\.7\.4/,
  'old-timestamp': /PAWS, RFC 7323 5\.3/,
  'syn-in-connection': /challenge ACK.*RFC 5961 4\.2/,
  'syn-in-time-wait': /TIME-WAIT.*RFC 9293 3\.10\.7\.4/,
  'syn-ack-unacceptable': /RST.*RFC 9293 3\.10\.7\.3/,
  'ack-unacceptable': /more than was sent.*RFC 9293 3\.10\.7\.3 and 3\.10\.7\.4/,
  'half-open': /older connection.*RFC 9293 3\.5\.1/,
  'no-ack-flag': /without ACK.*RFC 9293 3\.10\.7\.4/,
  'after-fin': /FIN.*RFC 9293 3\.10\.7\.4/,
  'fin-refuted': /go on beyond it.*not sent by this end, or did not arrive/,
  malformed: /malformed/,
};

describe('sentences', () => {
  it.each(Object.entries(REASONS))('say why a segment is ignored: %s', (reason, words) => {
    expect(ignoredSentence(reason as IgnoredBecause)).toMatch(words);
    const finding = {
      code: 'ignored-segment',
      packet: 1,
      by: 0 as const,
      values: { because: reason },
    };
    expect(findingSentence(finding, { clientSide: 0 })).toMatch(/^seen, ignored by the receiver: /);
  });

  it.each(CODES.filter((code) => code !== 'ignored-segment' && code !== 'half-close'))(
    'have words for %s',
    (code) => {
      const text = findingSentence({ code, packet: 1, by: 0 }, { clientSide: 0 });
      expect(text).not.toBe(code);
      expect(text).toMatch(/^[a-zA-Z].*[^.]$/);
    },
  );

  it('name the side where it matters', () => {
    const offload = { code: 'checksum-offload', packet: 1, by: 1 as const };
    expect(findingSentence(offload, { clientSide: 0 })).toMatch(/^server: /);
    expect(findingSentence(offload, { clientSide: 1 })).toMatch(/^client: /);
  });

  it.each(['fin-scan', 'null-scan', 'xmas-scan', 'syn-scan', 'connect-scan'] as const)(
    'describe a %s',
    (code) => {
      const text = patternSentence({ ...SCAN, code });
      expect(text).toMatch(
        /scan.* from 192\.0\.2\.1: 12 ports of 192\.0\.2\.9 tried, 10 refused, 2 unanswered .*packet 3/,
      );
    },
  );

  it('describe a flood', () => {
    const flood: Pattern = { ...SCAN, code: 'syn-flood', address: '::1', port: 80, count: 1234 };
    expect(patternSentence(flood)).toMatch(/SYN flood at ::1 port 80: 1,234 openings/);
  });

  it('report scans of several hosts, and those beyond the limit of what is followed', () => {
    const scan: Pattern = { ...SCAN, target: null, hosts: 3, exact: false };
    expect(patternSentence(scan)).toMatch(/: at least 12 ports of 3 hosts tried, /);
  });

  it('report sweeps by ports and hosts, each by its own number', () => {
    const sweep: Pattern = { ...SCAN, code: 'host-sweep', target: null, port: 23, ports: 1, hosts: 81 };
    sweep.outcomes = { ...noOutcomes(), noAnswer: 81 };
    expect(patternSentence(sweep)).toMatch(
      /^host sweep from 192\.0\.2\.1: port 23 on 81 hosts, none answered \(/,
    );
    expect(patternSentence({ ...sweep, port: null, ports: 2 })).toMatch(
      /: 2 ports on 81 hosts, none answered \(/,
    );
    expect(patternSentence({ ...sweep, port: 6346 })).toMatch(/port 6346 on 81 hosts.*peers/);
  });

  it('report health checks, and how they ended', () => {
    const checks: Pattern = { ...SCAN, code: 'health-checks', port: 8080, ports: 1, interval: 10 };
    checks.outcomes = { ...noOutcomes(), closed: 12 };
    expect(patternSentence(checks)).toMatch(
      /^health checks from 192\.0\.2\.1 of 192\.0\.2\.9 port 8080: 12 connections, every 10 s, each closed without data/,
    );
    checks.outcomes = { ...noOutcomes(), reset: 12 };
    expect(patternSentence(checks)).toMatch(/each reset without data/);
    checks.outcomes = { ...noOutcomes(), reset: 4, closed: 8 };
    expect(patternSentence(checks)).toMatch(/8 closed and 4 reset without data/);
  });

  it('problems are warnings', () => {
    expect(severityOf('retransmission')).toBe('warning');
    expect(severityOf('window-update')).toBe('note');
    expect(severityOf('capture-duplicate')).toBe('note');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0 ns'],
    [2.9e-8, '29 ns'],
    [0.000_029, '29 µs'],
    [0.0132, '13.2 ms'],
    [3.02, '3.02 s'],
    [59.99, '60 s'],
    [125, '2 min 5 s'],
    [3600, '1 h 0 min'],
    [-0.5, '-500 ms'],
  ])('%f s: %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([119.7, 3599.6])('%f s never shows 60 s after its minutes', (seconds) => {
    expect(durationText(seconds)).not.toMatch(/min 60 s|60 min/);
  });

  it('counts', () => {
    expect([count(1, 'SYN'), count(3, 'SYN'), byteCount(1), byteCount(1_234_567)]).toEqual([
      '1 SYN',
      '3 SYNs',
      '1 byte',
      '1,234,567 bytes',
    ]);
  });
});

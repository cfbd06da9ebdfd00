/** Ladders as SVG, over every fixture: well-formed, complete, and no byte of a capture as markup. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ladderSvg, type PictureOptions } from '../../../src/render/svg/ladder.js';
import { allCaptures, ROOT } from '../../cli/fixtures.js';
import { reportsOf } from '../reports.js';
import { fault } from './fault.js';

const PLAIN: PictureOptions = { width: 920, theme: 'auto', file: null, absolute: false, caveat: null };

async function drawn(capture: string, options: Partial<PictureOptions> = {}): Promise<string> {
  const [report] = await reportsOf(`${ROOT}/${capture}`, 1);
  if (report === undefined) throw new Error(`${capture} has no connection`);
  return ladderSvg(report, { ...PLAIN, ...options });
}

/** Texts of the picture, without their markup. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, content = '']) =>
    content.replace(/<[^>]*>/g, '').replaceAll('\u2002', ' '),
  );
}

describe('ladders as SVG', () => {
  it('are well-formed for every capture, at each width', async () => {
    let pictures = 0;
    for (const path of allCaptures()) {
      for (const report of await reportsOf(`${ROOT}/${path}`, 3)) {
        for (const width of [920, 600, 320]) {
          const svg = ladderSvg(report, { ...PLAIN, width, file: basename(path) });
          expect(fault(svg), `${path} ${report.index} at ${width}`).toBeNull();
          pictures++;
        }
      }
    }
    expect(pictures).toBeGreaterThan(500);
  });

  it('name each state where it begins, and count acknowledgements up', async () => {
    const texts = textsOf(await drawn('captures/demo-tcp.pcap', { file: 'demo-tcp.pcap' }));
    expect(texts).toEqual(
      expect.arrayContaining([
        'Opened in 26.3 µs; closed in four steps, client first',
        'SYN seq 0',
        'SYN-ACK seq 0 ack 1 = 0 + SYN',
        '6 bytes seq 1',
        'ACK ack 7 = 1 + 6',
        'FIN ACK seq 7',
        'ACK ack 8 = 7 + FIN',
        '61.5 ms idle',
      ]),
    );
    for (const state of [
      'SYN-SENT',
      'SYN-RECEIVED',
      'FIN-WAIT-1',
      'CLOSE-WAIT',
      'FIN-WAIT-2',
      'LAST-ACK',
      'TIME-WAIT',
    ])
      expect(
        texts.filter((text) => text === state),
        state,
      ).toHaveLength(1);
  });

  it('connect a retransmission to its original, shown as lost where duplicate ACKs prove it', async () => {
    const svg = await drawn('fixtures/kernel/fast-retransmit.pcap');
    expect(textsOf(svg)).toContain('lost beyond the capture point: retransmitted as #22');
    expect(textsOf(svg)).toContain('100 bytes retransmitted seq 206');
    // by timer: the data or its ACK may have been lost
    const byTimer = await drawn('fixtures/kernel/data-lost-thrice.pcap');
    expect(byTimer).not.toContain('lost behind');
    expect(textsOf(byTimer)).toContain('216 ms after #4');
  });

  it('show an ignored segment as a dashed line', async () => {
    const svg = await drawn('fixtures/kernel/challenge-ack-rst.pcap');
    const row = /<g class="row" data-packet="8">.*?<\/g>/s.exec(svg)?.[0] ?? '';
    expect(row).toContain('stroke-dasharray="6 4"');
    expect(row).toContain('class="s-bad"');
  });

  it('show how FINs crossed, each end in FIN-WAIT-1 before CLOSING', async () => {
    const texts = textsOf(await drawn('fixtures/kernel/simultaneous-close.pcap'));
    for (const state of ['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT'])
      expect(
        texts.filter((text) => text === state),
        state,
      ).toHaveLength(2);
  });

  it('have the colors of a theme as plain classes, and both by the system unless one is chosen', async () => {
    const auto = await drawn('captures/demo-tcp.pcap');
    expect(auto).toContain('@media (prefers-color-scheme:dark)');
    expect(auto).toContain('@media print');
    const dark = await drawn('captures/demo-tcp.pcap', { theme: 'dark' });
    expect(dark).toContain('.paper{fill:#0f1318}');
    expect(dark).not.toContain('@media');
  });

  it('are described for those who do not see them', async () => {
    const svg = await drawn('captures/demo-tcp.pcap', { idPrefix: 'one' });
    expect(svg).toContain('role="img" aria-labelledby="one-title one-desc"');
    expect(svg).toContain(
      '<title id="one-title">Opened in 26.3 µs; closed in four steps, client first</title>',
    );
    expect(/<desc id="one-desc">(.*?)<\/desc>/s.exec(svg)?.[1]).toContain(
      'then client SYN-SENT, server LISTEN',
    );
  });

  it('escape markup in a name', async () => {
    const svg = await drawn('captures/demo-tcp.pcap', { file: '</svg><script>alert(1)</script>\u202e.pcap' });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u202e.pcap');
  });

  it('stay short for a connection of thousands of segments', async () => {
    for (const path of allCaptures()) {
      for (const report of await reportsOf(`${ROOT}/${path}`, 3)) {
        const rows = ladderSvg(report, PLAIN).split('class="row"').length;
        const steps = (report.ladder ?? []).filter(
          (entry) => 'flags' in entry && (entry.flags & 7) !== 0,
        ).length;
        expect(rows, path).toBeLessThan(120 + 2 * steps);
      }
    }
  });
});

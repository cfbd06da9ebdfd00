/** Packet numbers and times of ladders as SVG: two columns that do not run into each other, however long the times are. */
import { expect, it } from 'vitest';
import { ladderSvg } from '../../../src/render/svg/ladder.js';
import { textWidth } from '../../../src/render/svg/text-width.js';
import { udpSvg } from '../../../src/render/svg/udp-ladder.js';
import { parseScenario } from '../../scenario/parse.js';
import { analyse } from '../../scenario/pipeline.js';

const SIZE = 11.5;
const OPTIONS = { width: 920, theme: 'auto', file: null, absolute: false, caveat: null } as const;

async function picture(scenario: string): Promise<string> {
  const packets = parseScenario(scenario).packets.map(({ captured }) => captured);
  const { connections, udpFlows } = await analyse(packets, { ladders: 1, datagramsOf: 1 });
  const [connection] = connections;
  if (connection !== undefined) return ladderSvg(connection, OPTIONS);
  const [flow] = udpFlows;
  if (flow === undefined) throw new Error('nothing to show');
  return udpSvg(flow, OPTIONS);
}

/** The packet number and the time of each row. */
function rowsOf(svg: string): { number: string; time: string; space: number; left: number }[] {
  const cells = [
    ...svg.matchAll(
      /<text x="([\d.]+)" y="([\d.]+)" class="soft" font-size="11.5" text-anchor="end">([\d.,–]+)<\/text>/g,
    ),
  ];
  // one after the other, at one height
  return cells.flatMap((number, at) => {
    const time = cells[at + 1];
    if (time === undefined || time[2] !== number[2]) return [];
    const [edge, words] = [Number(number[1]), number[3] ?? ''];
    const begins = Number(time[1]) - textWidth(time[3] ?? '', SIZE);
    return {
      number: words,
      time: time[3] ?? '',
      space: begins - edge,
      left: edge - textWidth(words, SIZE),
    };
  });
}

it.each([
  ['0.1', '100.0'],
  ['99.123456', '99.123457'],
  ['273.626833', '273.626834'],
  ['86400.000001', '86400.000002'],
  ['1000000.000001', '1000000.000002'],
])('TCP, from %s to %s s', async (first, second) => {
  const rows = rowsOf(
    await picture(`
    isn 100 300
    0 > S 0
    ${first} < SA 0 1
    ${second} > A 1 1`),
  );
  expect(rows).toHaveLength(3);
  for (const { space, left } of rows) {
    expect(space).toBeGreaterThanOrEqual(5);
    expect(left).toBeGreaterThan(0);
  }
});

it('UDP, after minutes', async () => {
  const rows = rowsOf(
    await picture(`
    0 > udp len 5
    273.626833 < udp len 5
    273.626834 < udp len 5`),
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { space } of rows) expect(space).toBeGreaterThanOrEqual(5);
});

it('numbers stay in their place where times are short', async () => {
  const svg = await picture(`
    isn 100 300
    0 > S 0
    12.123456 < SA 0 1`);
  expect(svg).toContain('<text x="52" ');
});

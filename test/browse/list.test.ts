/** The list of the browser: what it shows, and what keys do. */
import { beforeAll, describe, expect, it } from 'vitest';
import { listPlaces } from '../../src/browse/geometry.js';
import { browseRow, COLUMNS, SORT_CYCLE } from '../../src/browse/row.js';
import { RowSet } from '../../src/browse/row-set.js';
import { ORDERS, rankOf } from '../../src/render/list-order.js';
import { layOut } from '../../src/render/text/layout.js';
import { renderConnectionTable } from '../../src/render/text/table.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { Model, reportsOf } from './model.js';

let reports: ConnectionReport[];
/** The same connections many times over, as of a long capture. */
let many: ConnectionReport[];

beforeAll(async () => {
  const paths = [
    'captures/demo-tcp-many.pcap',
    'captures/demo-tcp-reset.pcap',
    'captures/demo-tcp-refused.pcap',
  ];
  const all = (await Promise.all(paths.map(reportsOf))).flat();
  reports = all.map((report, index) => ({ ...report, index, firstPacket: index + 1 }));
  many = Array.from({ length: 100 }, (_, index) => {
    const report = reports[index % reports.length];
    if (report === undefined) throw new Error('no connections');
    return { ...report, index, firstPacket: index + 1, duration: (index * 37) % 100 };
  });
});

describe('the list', () => {
  it.each([80, 120, 200])('has the lines of the table in %i columns', (width) => {
    const style = { width, color: false, unicode: true, absolute: false };
    const table = renderConnectionTable(reports, style, {
      width,
      time: { how: 'utc', from: null, detail: 'milliseconds' },
      sorted: { name: 'start', mark: '▲' },
    });
    expect(new Model(reports, width).lines.slice(1, 2 + reports.length)).toEqual(table.split('\n'));
  });

  it('makes its columns wide enough for all rows', () => {
    const rows = many.map(browseRow);
    const set = new RowSet();
    for (const row of rows) set.add(row);
    const style = { width: 100, color: false, unicode: true, absolute: false };
    for (const width of [60, 80, 100, 140, 200]) {
      const options = { width, time: { how: 'utc', from: null, detail: 'milliseconds' } as const };
      const [some, all] = [set.widest, rows].map((of) => layOut(COLUMNS, of, options, style));
      expect(some?.widths).toEqual(all?.widths);
      expect(some?.columns).toEqual(all?.columns);
    }
    expect(set.widest.length).toBeLessThan(2 * COLUMNS.length);
  });

  it('has two lines for each connection where it is narrow', () => {
    const { lines } = new Model(reports, 40, 12);
    expect(lines[1]).toMatch(/^0 {2}127\.0\.0\.1:\d+ → /);
    expect(lines[2]).toMatch(/closed by client/);
    expect(lines[3]).toMatch(/^1 {2}/);
  });

  it('keeps no more rows than its limit', () => {
    const set = new RowSet(3);
    for (const report of many.slice(0, 5)) set.add(browseRow(report));
    expect([set.size, set.left]).toEqual([3, true]);
    // one that it has is replaced
    set.add(browseRow({ ...(many[1] as ConnectionReport), duration: 77 }));
    expect(set.sorted({ key: 'duration', reversed: false })[0]?.index).toBe(1);
  });
});

describe('moving', () => {
  it('goes by rows, pages and to both ends, and never beyond', () => {
    const model = new Model(many);
    const page = listPlaces(model.state.size).rows;
    expect(model.press('j', 'DOWN').selected).toBe(2);
    expect(model.press('k', 'UP', 'UP').selected).toBe(0);
    expect(model.press('PAGE_DOWN').selected).toBe(page);
    expect(model.press('b').selected).toBe(0);
    expect(model.press('G').selected).toBe(99);
    expect(model.press('j').selected).toBe(99);
    expect(model.press('HOME').selected).toBe(0);
  });

  it('keeps the selected row on the screen at any size', () => {
    const model = new Model(many);
    model.press('G');
    for (const [width, height] of [
      [40, 12],
      [160, 50],
      [80, 5],
      [80, 24],
    ] as const) {
      model.on({ what: 'resize', size: { width, height } });
      expect(model.screen).toMatch(/^\s*99 /m);
    }
  });

  it('a click selects, another one opens; the wheel scrolls', () => {
    const model = new Model(many);
    model.on({ what: 'click', line: 4 });
    expect(model.selected).toBe(2);
    model.on({ what: 'wheel', down: true });
    expect(model.selected).toBe(5);
    model.on({ what: 'click', line: 7 });
    expect(model.effects).toEqual([{ do: 'ladder', index: 5 }]);
  });
});

describe('sorting', () => {
  it('s goes through every order of --sort, r turns it round', () => {
    const model = new Model(many);
    for (const key of [...SORT_CYCLE.slice(1), 'start'] as const) {
      for (const reversed of [false, true]) {
        model.press(reversed ? 'r' : 's');
        const ranks = model.state.list.order.map(({ index }) =>
          rankOf(many[index] as ConnectionReport, key, reversed),
        );
        expect(ranks, key).toEqual([...ranks].sort((a, b) => a - b));
        expect(model.screen).toContain(`by ${key} ${ORDERS[key].descending !== reversed ? '▼' : '▲'}`);
      }
    }
  });

  it('rows that come later do not move the screen', () => {
    const model = new Model(many.filter(({ index }) => index % 2 === 0));
    model.press('G', 'k', 'k');
    const before = model.screen.split('\n').findIndex((line) => /^94 /.test(line));
    expect(model.selected).toBe(94);
    model.on({
      what: 'rows',
      rows: many.filter(({ index }) => index % 2 === 1 && index < 90).map(browseRow),
    });
    expect(model.selected).toBe(94);
    expect(model.screen.split('\n').findIndex((line) => /^94 /.test(line))).toBe(before);
  });
});

describe('the filter', () => {
  it('is an expression of --where: a wrong one is reported, and stays to be corrected', () => {
    const model = new Model(reports).press('/').type('outcome.faled').press('ENTER');
    expect(model.screen).toContain("unknown field 'outcome.faled'; did you mean 'outcome.failed'?");
    expect(model.lines.at(-1)).toBe('/outcome.faled');
    model.press('CTRL_U').type('outcome.failed &&').press('ENTER');
    expect(model.effects).toEqual([]);
    model.press('BACKSPACE', 'BACKSPACE').press('ENTER');
    expect(model.effects).toEqual([{ do: 'load', where: 'outcome.failed' }]);
  });

  it('shows how many match of how many, and what to do where none does', () => {
    const model = new Model(many);
    const rows = new RowSet();
    for (const report of many.slice(0, 46)) rows.add(browseRow(report));
    model.on({ what: 'filtered', where: 'outcome.failed', rows });
    model.on({ what: 'counts', matching: 46, all: 414, udpFlows: 0 });
    expect(model.lines.at(-1)).toMatch(/^ 46 of 414 {2}\/outcome\.failed {2}by start ▲/);
    model.on({ what: 'filtered', where: 'false', rows: new RowSet() });
    expect(model.screen).toContain('no connection matches');
  });

  it('remembers those before, and Escape leaves it as it was', () => {
    const model = new Model(reports).press('/').type('port == 1').press('ESCAPE');
    expect([model.state.prompt, model.state.where]).toEqual([null, '']);
    model.press('/').type('duration > 1s').press('ENTER', '/', 'UP');
    expect(model.state.prompt?.text).toBe('duration > 1s');
    model.press('DOWN');
    expect(model.state.prompt?.text).toBe('');
  });
});

it('the help has every key, and scrolls where it is longer than the screen', () => {
  const model = new Model(reports, 40, 10).press('?');
  expect(model.lines[0]).toBe('Keys of synfin browse');
  for (let page = 0; page < 6; page++) model.press('PAGE_DOWN');
  expect(model.screen).toContain('/outcome.failed');
  expect(model.press('?').screen).toContain('synfin a.pcap');
});

it('Escape ends a reading, q and Ctrl-C quit', () => {
  const model = new Model(reports);
  model.on({ what: 'reading', reading: { what: 'ladder', share: 0.4, packets: 100 } });
  expect(model.lines.at(-1)).toContain('reading 40 %');
  model.press('ESCAPE', 'q', 'CTRL_C');
  expect(model.effects).toEqual([{ do: 'cancel' }, { do: 'quit' }, { do: 'quit' }]);
});

describe('the days of a list', () => {
  it('come from all its rows, not only from the widest', () => {
    const rows = new RowSet();
    const row = (index: number, day: number): ReturnType<typeof browseRow> => {
      const [report] = reports;
      if (report === undefined) throw new Error('no connection');
      return browseRow({ ...report, index, startSeconds: day * 86_400, startNanoseconds: 0 });
    };
    for (let index = 0; index < 5; index++) rows.add(row(index, 20_000));
    expect(rows.date('utc')).toBe('none');
    rows.add(row(5, 20_001));
    expect(rows.date('utc')).toBe('day');
    expect(rows.date('epoch')).toBe('none');
    rows.add(row(6, 21_000));
    expect(rows.date('utc')).toBe('year');
  });
});

// Peak memory of synfin in hard cases: a million connections open at once, a flood of ten million SYNs, and
// a capture twice as long as another, which must not need more. Both last minutes, as a connection that is over stays
// for one.
//   node bench/memory.mjs [--synfin PATH] [--rounds N] [--formats table,ndjson,json,csv] [--write-readme]
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { capture } from './generate.mjs';
import { measure, median, memoryFrom } from './lib/measure.mjs';
import { writeResults } from './lib/readme.mjs';
import { inMegabytes, inSeconds, table } from './lib/table.mjs';

const { values: options } = parseArgs({
  options: {
    synfin: { type: 'string', default: fileURLToPath(new URL('../dist/cli/main.js', import.meta.url)) },
    rounds: { type: 'string', default: '3' },
    formats: { type: 'string', default: 'table,json,ndjson,csv' },
    timeout: { type: 'string', default: '300' },
    'write-readme': { type: 'boolean', default: false },
  },
});
if (!existsSync(options.synfin)) {
  console.log(`${options.synfin} is missing: npm run build`);
  process.exit(0);
}

// json keeps connections that are over before the end, as it begins with the totals of the capture
const kinds = [
  { kind: 'longHalf', text: '4.4 M segments, a quarter of an hour', without: 'json' },
  { kind: 'long', text: '8.8 M segments, half an hour', without: 'json' },
  { kind: 'open1m', text: '1 M open connections', limit: 600e6 },
  { kind: 'flood10m', text: 'a flood of 10 M SYNs', limit: 1e9, without: 'json', evicts: true },
  { kind: 'retried', text: '1 M SYNs, each sent twice', limit: 1e9 },
];
/** The message where connections were evicted. */
const EVICTED = /[\d,]+ connections \(\d+ never opened\) reported before their end for lack of room/;
/** Heaps of the same program differ from run to run; what is kept for each packet would show as far more. */
const GROWTH = 1.15;

const results = [];
for (const { kind, text, limit, without, evicts } of kinds) {
  const { path } = capture(kind);
  for (const format of options.formats.split(',')) {
    if (format === without) continue;
    const command = [process.execPath, options.synfin, 'analyze', path, '--width', '80', '--format', format];
    const runs = [];
    let failed;
    for (let round = 0; round < Number(options.rounds) && !failed; round++) {
      const output = format === 'table' ? 'pipe' : 'ignore'; // to read what it says; the rest would be gigabytes
      const run = await measure(command, { output, timeout: Number(options.timeout) });
      if (run.failed) failed = run.failed;
      else runs.push(run);
    }
    results.push({
      kind,
      text,
      limit,
      evicts,
      format,
      runs,
      failed,
      peak: median(runs.map((run) => run.peak)),
    });
  }
}

const peakOf = (kind, format) => results.find((r) => r.kind === kind && r.format === format)?.peak;
function verdict({ kind, format, limit, peak }) {
  if (limit !== undefined) return [`under ${inMegabytes(limit)}`, peak < limit ? 'met' : '**not met**'];
  if (kind !== 'long') return ['', ''];
  const ratio = peak / peakOf('longHalf', format);
  const measured = `${ratio.toFixed(2)}x that of the half`;
  return [`at most ${GROWTH}x that of the half`, `${ratio <= GROWTH ? 'met' : '**not met**'} (${measured})`];
}
const rows = results.map((result) => {
  const { text, format, runs, failed, peak } = result;
  if (failed) return [text, format, failed, '', '', '', ''];
  const peaks = runs.map((run) => run.peak);
  const range = `${inMegabytes(Math.min(...peaks))} to ${inMegabytes(Math.max(...peaks))}`;
  const seconds = inSeconds(median(runs.map((run) => run.seconds)));
  return [text, format, inMegabytes(peak), range, seconds, ...verdict(result)];
});
const out = [];
const say = (text) => {
  out.push(text);
  console.log(text);
};
say(`Node ${process.versions.node}; memory from ${memoryFrom}.\n`);
say(table(['capture', 'format', 'peak (median)', 'range', 'time', 'bar', ''], rows));

for (const { text, format, runs, evicts } of results) {
  if (!evicts || format !== 'table' || runs.length === 0) continue;
  // whatever lines it is wrapped into
  const said = EVICTED.exec(runs[0].text.replace(/\s+/g, ' '));
  say(`\nOf ${text} it says ${said ? `"${said[0]}"` : '**nothing of connections given up**'}.`);
}
if (options['write-readme']) writeResults('memory.mjs', out);

/** Wrong use and unreadable input: one sentence, exit code 2, no stack trace, nothing raw from outside. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Run, runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';
import { runProcess } from './process.js';

const DEMO = resolve(ROOT, 'captures/demo-tcp.pcap');
const SYNTHETIC = resolve(ROOT, 'fixtures/synthetic');
const ESCAPE = '\u001b]0;title\u0007\u001b[31m\u009b\u202e\u2066\u200b\u2060\u00ad\u{e0041}';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-errors-'));
  mkdirSync(join(folder, 'nothing'));
  writeFileSync(join(folder, 'empty.pcap'), '');
  writeFileSync(join(folder, 'text.txt'), 'hello world\n');
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  copyFileSync(DEMO, join(folder, 'copy.pcap'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The rules for every refusal. */
function expectRefusal(run: Run, sentence: RegExp): void {
  expect(run.stderr).toMatch(sentence);
  expect(run.code).toBe(2);
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^synfin: .+\n/);
  expectNoTrace(run);
}

function expectNoTrace(run: Run): void {
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(run.stderr).not.toMatch(/node:internal|Error:/);
  expectPlain(run.stdout + run.stderr);
}

function expectPlain(text: string): void {
  // except line breaks, no control character, and none that reorders text or is invisible
  expect(text.replaceAll('\n', '')).not.toMatch(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
  );
}

describe('input that cannot be read', () => {
  it.each([
    ['a missing file', 'none.pcap', /none\.pcap: no such file/],
    ['an empty file', 'empty.pcap', /empty\.pcap: is empty/],
    ['a text file', 'text.txt', /text\.txt: not a capture: .*"hello world/],
    ['a folder without captures', 'nothing', /nothing: no capture in this folder/],
    ['links in a circle', 'a', /a: symbolic links that lead in a circle/],
  ])('%s', async (_, name, sentence) => {
    expectRefusal(await runCli(['analyze', join(folder, name)]), sentence);
    // the same in every format: no half document
    expectRefusal(await runCli(['analyze', join(folder, name), '--format', 'json']), sentence);
    expectRefusal(await runCli([join(folder, name)]), sentence);
  });

  it('a file that ends in its first header', async () => {
    expectRefusal(await runCli(['analyze', join(SYNTHETIC, 'header-cut.pcap')]), /header/);
  });

  it('one bad file among good ones: the others are analysed', async () => {
    const { code, stdout, stderr } = await runCli([
      'analyze',
      join(folder, 'none.pcap'),
      DEMO,
      join(ROOT, 'README.md'),
      '--json',
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).connections).toHaveLength(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/none\.pcap: not read: no such file/),
      expect.stringMatching(/README\.md: not read: not a capture/),
    ]);
  });

  it('only bad files', async () => {
    const missing = join(folder, 'none.pcap');
    expectRefusal(await runCli(['analyze', missing, join(ROOT, 'README.md')]), /none\.pcap: no such file/);
  });

  it('standard input: empty, or no capture', async () => {
    expectRefusal(await runProcess(['analyze', '-'], { input: '' }), /standard input: is empty/);
    expectRefusal(await runProcess(['-'], { input: 'foo\n' }), /standard input: not a capture/);
  });
});

describe('damaged input', () => {
  it.each([
    ['cut-short.pcap', 10, /in the middle of packet 11: \d+ bytes expected at byte \d+, \d+ there/],
    ['cut-in-header.pcap', 10, /packet 11/],
  ])('%s: exit code 3, and all that is whole is reported', async (name, whole, sentence) => {
    const path = join(SYNTHETIC, name);
    const text = await runCli(['analyze', path]);
    expect(text.code).toBe(3);
    expect(text.stderr).toMatch(/^synfin: .+\n$/);
    expect(text.stderr).toMatch(sentence);
    expect(text.stdout).toContain(`${whole} packets`);
    const json = await runCli(['analyze', path, '--format', 'json']);
    expect(json.code).toBe(3);
    const { capture, connections } = JSON.parse(json.stdout);
    expect(capture.packets).toBe(whole);
    expect(capture.files[0].damaged).toBe(true);
    expect(capture.warnings).toHaveLength(1);
    expect(connections[0].opening.kind).toBe('three-way');
    const lines = await runCli(['analyze', path, '--format', 'ndjson', '--packets']);
    expect(lines.code).toBe(3);
    expect(lines.stdout.match(/"type":"packet"/g)).toHaveLength(whole);
  });

  it('cut anywhere, it never fails otherwise', async () => {
    const bytes = readFileSync(DEMO);
    for (let length = 1; length < bytes.length; length += 7) {
      writeFileSync(join(folder, 'part.pcap'), bytes.subarray(0, length));
      const run = await runCli([join(folder, 'part.pcap')]);
      // it may end between two packets, but only there
      expect(run.code === 0, `${length} bytes`).toBe(run.stderr === '');
      expect([0, 2, 3]).toContain(run.code);
      if (length < 24) expect(run.code).toBe(2);
      expectNoTrace(run);
    }
  });
});

describe('wrong use', () => {
  it.each([
    ['no file', ['analyze'], /missing the name of a capture/],
    ['an unknown option', ['analyze', '--bogus', DEMO], /unknown option '--bogus'/],
    ['a misspelt option', ['analyze', '--widht', '70', DEMO], /Did you mean --width\?/],
    ['an unknown command', ['analyse', DEMO], /Did you mean analyze\?/],
    ['an unknown subcommand', ['tcp', 'sever'], /Did you mean server\?/],
    [
      'an unknown format',
      ['analyze', '--format', 'xml', DEMO],
      /Allowed choices are table, ladder, ascii, svg, .*json, ndjson/,
    ],
    [
      'a picture of several connections',
      ['captures/demo-tcp-many.pcap', '--format', 'svg'],
      /shows one connection, and there are 3/,
    ],
    [
      'a diagram without a TCP connection',
      ['captures/demo-udp.pcap', '--format', 'mermaid'],
      /shows a TCP connection, and this capture has none/,
    ],
    [
      'a picture of what does not match',
      [DEMO, '--failed', '--format', 'svg', '-q'],
      /no connection matches/,
    ],
    ['a PNG to standard output', [DEMO, '--format', 'png'], /--format png writes a file/],
    [
      'a PNG with both themes',
      [DEMO, '--format', 'png', '--theme', 'auto', '-o', 'x.png'],
      /a PNG is light or dark/,
    ],
    ['a theme of a table', [DEMO, '--theme', 'dark'], /--theme goes with --format svg or png/],
    ['a graph of a table', [DEMO, '--graph', 'rtt'], /--graph goes with --format svg or png/],
    [
      'a graph in mermaid',
      [DEMO, '--graph', 'rtt', '--format', 'mermaid'],
      /--graph goes with --format svg or png/,
    ],
    [
      'an unknown graph',
      [DEMO, '--graph', 'speed', '--format', 'svg'],
      /one of time-sequence, rtt, window, throughput/,
    ],
    [
      'a graph of an unknown end',
      [DEMO, '--graph', 'rtt:both', '--format', 'svg'],
      /with :client or :server/,
    ],
    ['groups as a picture', [DEMO, '--by', 'server', '--format', 'svg'], /--by goes with --format table/],
    [
      'a picture sorted',
      [DEMO, '--sort', 'bytes', '--format', 'svg'],
      /--sort does not go with --format svg/,
    ],
    ['a picture too narrow', [DEMO, '--width', '100', '--format', 'svg'], /at least 320 pixels wide/],
    [
      'a connection by name',
      ['analyze', '--connection', 'first', DEMO],
      /numbers of connections in the table are expected, from 0/,
    ],
    ['a negative connection', ['analyze', '--connection', '-1', DEMO], /numbers of connections/],
    ['a width of nothing', ['analyze', '--width', '0', DEMO], /at least 1/],
    ['a limit that is no number', ['analyze', '--limit', 'x', DEMO], /at least 0/],
    ['an option without its value', ['analyze', DEMO, '--width'], /argument missing/],
    ['an unknown scenario', ['demo', 'tcp', '--scenario', 'nix'], /Scenarios: simple, /],
    ['a duration in words', ['live', '--duration', 'long'], /a time is expected: 200ms, 1.5s, 5min/],
  ])('%s', async (_, argv, sentence) => {
    expectRefusal(await runCli(argv), sentence);
  });

  it('an output that cannot be written', async () => {
    expectRefusal(await runCli([DEMO, '-o', '/nonexistent/out.txt']), /out\.txt: cannot be written/);
    expectRefusal(await runCli([DEMO, '-o', folder]), /cannot be written/);
  });

  it('output over the capture that is being read', async () => {
    const copy = join(folder, 'copy.pcap');
    expectRefusal(await runCli([copy, '-o', copy]), /copy\.pcap: .*being read/);
    symlinkSync('copy.pcap', join(folder, 'link.pcap'));
    expectRefusal(await runCli([join(folder, 'link.pcap'), '-o', copy]), /being read/);
    expect(readFileSync(copy)).toEqual(readFileSync(DEMO));
  });

  it('a connection that does not exist', async () => {
    for (const format of ['table', 'json', 'ndjson']) {
      const run = await runCli([DEMO, '--connection', '7', '--format', format]);
      expect(run.code).toBe(2);
      expect(run.stderr).toMatch(/^synfin: there is no connection 7: only connection 0 was found\n$/);
    }
  });
});

describe('names from outside', () => {
  it('never reach the terminal raw', async () => {
    const named = join(folder, `evil${ESCAPE}.pcap`);
    copyFileSync(DEMO, named);
    const shown = await runCli([named, '--width', '200']);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain(
      'evil\\x1b]0;title\\x07\\x1b[31m\\x9b\\u202e\\u2066\\u200b\\u2060\\xad\\u{e0041}.pcap: 11 packets',
    );
    expectPlain(shown.stdout);

    const cut = join(folder, `cut${ESCAPE}.pcap`);
    writeFileSync(cut, readFileSync(DEMO).subarray(0, 200));
    const damaged = await runCli([cut]);
    expect(damaged.code).toBe(3);
    expectPlain(damaged.stdout + damaged.stderr);

    // JSON has other escapes; the parsed text is the name
    for (const format of ['json', 'ndjson']) {
      const { stdout } = await runCli([named, '--format', format]);
      expectPlain(stdout);
      expect(stdout).toContain('\\u009b\\u202e\\u2066\\u200b\\u2060\\u00ad\\udb40\\udc41.pcap');
    }
    const json = await runCli([named, '--format', 'json']);
    expect(JSON.parse(json.stdout).capture.files[0].path).toBe(named);
  });

  it.each([
    ['a file', [`no${ESCAPE}.pcap`]],
    ['a file with text', ['analyze', `./no${ESCAPE}\nfile`]],
    ['an option', ['analyze', `--bo${ESCAPE}`, DEMO]],
    ['a command', ['tcp', `x${ESCAPE}`]],
    ['a format', ['analyze', DEMO, '--format', ESCAPE]],
    ['a number', ['analyze', DEMO, '--connection', ESCAPE]],
    ['an output', ['analyze', DEMO, '-o', `/nonexistent${ESCAPE}/x`]],
    ['a scenario', ['demo', 'tcp', '--scenario', ESCAPE]],
    ['a host', ['tcp', 'client', '--host', ESCAPE]],
    ['a port', ['udp', 'server', '--port', ESCAPE]],
  ])('not in an error about %s', async (_, argv) => {
    const run = await runCli(argv);
    expect(run.code).toBe(2);
    expectNoTrace(run);
  });
});

describe('permission', () => {
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a file without it', async () => {
    const locked = join(folder, 'locked.pcap');
    copyFileSync(DEMO, locked);
    chmodSync(locked, 0);
    expectRefusal(await runCli([locked]), /locked\.pcap: no permission to read it/);
  });
});

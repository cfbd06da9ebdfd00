/** `--format svg|png|mermaid|markdown|ascii`, as commands give them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const DEMO = join(ROOT, 'captures/demo-tcp.pcap');
const MANY = join(ROOT, 'captures/demo-tcp-many.pcap');
const folder = mkdtempSync(join(tmpdir(), 'synfin-picture-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('pictures', () => {
  it('show the chosen connection, by number or by --where', async () => {
    const byNumber = await runCli([MANY, '--connection', '1', '--format', 'svg']);
    expect(byNumber.stdout).toContain('connection 1');
    const { stdout } = await runCli([MANY, '--connection', '1', '--json']);
    const [chosen] = (JSON.parse(stdout) as { connections: { client: { port: number } }[] }).connections;
    const where = `client.port == ${chosen?.client.port}`;
    const matching = await runCli([MANY, '--where', where, '--format', 'svg', '-q']);
    expect(matching).toEqual({ ...byNumber, stderr: '' });
  });

  it('are the same from parts of a capture', async () => {
    const part = join(folder, 'demo.part');
    await runCli([DEMO, '--partial', part]);
    const { stdout } = await runCli(['merge', part, '--format', 'svg']);
    expect(stdout).toBe((await runCli([DEMO, '--format', 'svg'])).stdout);
  });

  it('show raw sequence numbers on request', async () => {
    const { stdout } = await runCli([DEMO, '--format', 'svg', '--absolute-seq']);
    expect(stdout).toMatch(/seq \d{1,3}(,\d{3}){2,}/);
    expect(stdout).not.toContain('\u2002seq 0');
  });

  it('are written as PNG where the library is installed', async () => {
    const path = join(folder, 'demo.png');
    const { code, stderr } = await runCli([DEMO, '--format', 'png', '-o', path]);
    if (code !== 0) expect(stderr).toContain('npm install @resvg/resvg-js');
    else {
      const bytes = readFileSync(path);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      // two pixels for each of the SVG
      expect(bytes.readUInt32BE(16)).toBe(1840);
    }
  });

  it('as mermaid have states as notes and crosses where a segment is ignored', async () => {
    const { stdout } = await runCli([
      join(ROOT, 'fixtures/kernel/challenge-ack-rst.pcap'),
      '--format',
      'mermaid',
    ]);
    expect(stdout).toMatch(/^sequenceDiagram\naccTitle: /);
    expect(stdout).toContain('Note left of C: SYN-SENT');
    expect(stdout).toMatch(/^C-xS: 8 .*RST seq 106$/m);
  });

  it('as Markdown have a verdict, a table and a diagram, of each connection', async () => {
    const { stdout } = await runCli([MANY, '--format', 'markdown']);
    expect(stdout.match(/^### Connection \d: /gm)).toHaveLength(3);
    expect(stdout.match(/^```mermaid$/gm)).toHaveLength(3);
    expect(stdout).toContain('| **SYN-SENT** | → | **SYN** seq 0 | → | **LISTEN** |');
    const rows = stdout.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|'), row).toHaveLength(9);
  });

  it('as ASCII are the ladder, in ASCII and without colors', async () => {
    const { stdout } = await runCli([DEMO, '--format', 'ascii', '--color', 'always']);
    expect(stdout).toContain('|--SYN seq 0');
    expect([...stdout].every((character) => character.charCodeAt(0) < 128)).toBe(true);
    expect(stdout).not.toContain('\u001b');
  });
});

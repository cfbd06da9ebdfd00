/** The library's types stand by themselves: a program that has no @types/node compiles against the declarations of the build. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/fixtures.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OF_BOTH = `
const first: ConnectionReport | undefined = connections[0];
if (first?.closing.kind === 'reset') {
  const { packet, cause }: { packet: number; cause: string } = first.closing.reset;
  const held: null = first.closing.timeWait;
  console.log(packet, cause, held);
}
// @ts-expect-error a kind that there is not
console.log(first?.opening.kind === 'no such kind');
`;

const PROGRAMS = {
  index: `
import { Analysis, analyzeFiles, type ByteStream, createCaptureWriter, openStream } from 'DIST/index.js';
import type { ConnectionReport } from 'DIST/index.js';
const { connections } = await analyzeFiles(['trace.pcap']);
${OF_BOTH}
export async function read(stream: ByteStream): Promise<number> {
  const analysis = new Analysis({ connection() {} });
  const reader = await openStream(stream, 'a stream');
  await analysis.read(reader);
  return analysis.finish(reader).packets;
}
export const writer = createCaptureWriter('out.pcap', 'pcap');
`,
  browser: `
import { analyzeBlob, blobSource, CaptureReader } from 'DIST/browser.js';
import type { ConnectionReport } from 'DIST/browser.js';
declare const connections: readonly ConnectionReport[];
${OF_BOTH}
export const file = (blob: Blob) => analyzeBlob(blob, 'a file').then(({ schema }): string => schema);
export const reader = CaptureReader.from(blobSource(new Blob([])), 'none', {});
`,
};

describe.skipIf(!existsSync(join(ROOT, 'dist/index.d.ts')))(
  'the declarations (skipped before npm run build)',
  () => {
    it.each(Object.entries(PROGRAMS))(
      'of %s need no types of Node.js',
      { timeout: 60_000 },
      (name, program) => {
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
        writeFileSync(join(folder, `${name}.ts`), program.replaceAll('DIST', join(ROOT, 'dist')));
        const tsc = spawnSync(
          process.execPath,
          [
            join(ROOT, 'node_modules/typescript/bin/tsc'),
            ...['--ignoreConfig', '--strict', '--exactOptionalPropertyTypes', '--noEmit'],
            ...['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom,dom.asynciterable'],
            // none: what lies in node_modules/@types is not looked at
            ...['--types', '', `${name}.ts`],
          ],
          { cwd: folder, encoding: 'utf8' },
        );
        expect(tsc.stdout + tsc.stderr).toBe('');
        expect(tsc.status).toBe(0);
      },
    );
  },
);

/** The manual page agrees with the help of each command (node scripts/man.mjs renews it). */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

describe.skipIf(!existsSync(join(ROOT, 'dist/.built')))(
  'docs/synfin.1 (skipped before npm run build)',
  () => {
    it('is up to date with the help', () => {
      const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/man.mjs'), '--check'], {
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    });

    it('has no accidental control line of roff', () => {
      const page = readFileSync(join(ROOT, 'docs/synfin.1'), 'utf8');
      const controls = page.split('\n').filter((line) => /^[.']/.test(line));
      for (const line of controls) expect(line).toMatch(/^\.(TH|SH|SS|PP|TP|B|BR|nf|fi)( |$)/);
      expect(page).toContain('.B \\-\\-where <expr>');
    });
  },
);

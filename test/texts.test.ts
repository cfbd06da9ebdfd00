/** Every capture can be shown as text, whatever is in it, and the text fits into 80 columns. */
import { describe, expect, it } from 'vitest';
import { captures, readableCaptures } from './cli/fixtures.js';
import { runCli } from './run-cli.js';

const readable = new Set(readableCaptures());

describe('the text', () => {
  it.each(captures())('of %s', async (capture) => {
    const { code, stdout, stderr } = await runCli(['analyze', capture, '--width', '80']);
    // 3: damaged, and shown; 2: no capture at all
    expect(readable.has(capture) ? [0, 3] : [2]).toContain(code);
    if (code !== 0) expect(stderr).toMatch(/^synfin: /);
    expect(stdout === '').toBe(code === 2);
    expect(stdout).not.toMatch(/undefined|NaN|\[object/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

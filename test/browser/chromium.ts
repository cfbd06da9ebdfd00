/** Debian's Chromium, without a window. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATH = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** Null where it is not installed: tests that need it skip, and say so in their names. */
export const CHROMIUM = PATH ?? null;

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}

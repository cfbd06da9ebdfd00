/** Opens the live page in the browser of the desktop, where there is one. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CliIo } from '../terminal/io.js';

/** By then the browser has read the file. */
const READ_AFTER_MS = 20_000;

/**
 * False where there is no desktop, or nobody sits at it. Command lines are seen by all users of a machine, so the address, with
 * its token, goes into a file that only this user can read, and that leads to it.
 */
export function openOnDesktop(address: string, { terminal, env }: Pick<CliIo, 'terminal' | 'env'>): boolean {
  const opener = openerOf(process.platform, env);
  if (!terminal || opener === null) return false;
  const folder = mkdtempSync(join(tmpdir(), 'synfin-page-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'open.html');
  writeFileSync(
    path,
    `<!doctype html><meta http-equiv="refresh" content="0;url=${address}"><a href="${address}">synfin</a>\n`,
    {
      mode: 0o600,
    },
  );
  process.on('exit', remove);
  setTimeout(remove, READ_AFTER_MS).unref();
  const [command, ...before] = opener;
  const child = spawn(command, [...before, pathToFileURL(path).href], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return true;
}

function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasDesktop = [env.DISPLAY, env.WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '');
  return hasDesktop ? ['xdg-open'] : null;
}

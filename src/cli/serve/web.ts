/** `--web` of `live` and `demo`: checks, the page, and what is said of it. */
import { UserError } from '../../errors.js';
import { loadSketches } from '../../group/quantiles.js';
import { becomeNobody } from '../../live/privileges.js';
import type { LiveInfo } from '../../live/source.js';
import type { Reporter } from '../report/reporter.js';
import type { CliIo } from '../terminal/io.js';
import { installation } from '../terminal/package-root.js';
import { openOnDesktop } from './desktop.js';
import { LivePage } from './live-page.js';

export interface WebFlags {
  web?: boolean;
  /** False: no browser is opened. */
  open?: boolean;
  drop?: boolean;
  write?: string;
  output?: string;
}

export class Web {
  readonly #page: LivePage;

  /** @throws UserError for what cannot go with it, and where the page is missing from the installation. */
  constructor(
    name: string,
    private readonly flags: WebFlags,
    private readonly io: CliIo,
  ) {
    if (flags.drop === false)
      throw new UserError('--no-drop does not go with --web: a page is never served as root');
    if (isRootItself(io.env) && (flags.write !== undefined || flags.output !== undefined))
      throw new UserError(
        `--${flags.write === undefined ? 'output' : 'write'} does not go with --web for root itself, which is given up for the user nobody`,
        'run it with sudo from your own account',
      );
    this.#page = new LivePage({ name, version: installation().manifest.version });
  }

  watch(reporter: Reporter): Reporter {
    return this.#page.watch(reporter);
  }

  /** Once the interface and all files are open. */
  async begin(info: LiveInfo | null, say: (line: string) => void): Promise<void> {
    if (isRootItself(this.io.env)) {
      // nobody may not be able to read it later
      await loadSketches();
      becomeNobody();
    }
    const address = await this.#page.listen(info);
    say(`synfin: live page, for this machine alone: ${address}`);
    if (this.flags.open !== false) openOnDesktop(address, this.io);
  }

  /** Waits until a page listens, or until Ctrl-C; false for the latter. */
  async viewed(say: (line: string) => void): Promise<boolean> {
    say('synfin: the demo begins when the page is open');
    await Promise.race([this.#page.opened, aborted(this.io.signal)]);
    return !this.io.signal.aborted;
  }

  /** Keeps what there is to see until Ctrl-C. */
  async stay(say: (line: string) => void): Promise<void> {
    if (this.io.signal.aborted) return;
    say('synfin: the page stays until Ctrl-C');
    await aborted(this.io.signal);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

/** Not by sudo, so that there is no user to become. */
function isRootItself({ SUDO_UID: caller }: NodeJS.ProcessEnv): boolean {
  return process.geteuid?.() === 0 && (caller === undefined || caller === '' || caller === '0');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

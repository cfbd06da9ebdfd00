/** `--web` of `live` and `demo`: checks, the page, and messages about it. */
import { once } from 'node:events';
import { UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { loadSketches } from '../../group/quantiles.js';
import { becomeNobody, callerOfSudo } from '../../live/privileges.js';
import type { LiveInfo } from '../../live/source.js';
import type { LiveWanted } from '../../page/live-log.js';
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
  /** Root without sudo: the only user to become is nobody. */
  readonly #isRootItself: boolean;

  /** @throws UserError for what cannot go with it, and where the page is missing from the installation. */
  constructor(
    name: string,
    private readonly flags: WebFlags,
    private readonly io: CliIo,
    wanted: LiveWanted | null = null,
  ) {
    if (flags.drop === false) throw new UserError({ kind: 'page-as-root' });
    this.#isRootItself = process.geteuid?.() === 0 && callerOfSudo(io.env) === null;
    if (this.#isRootItself && (flags.write !== undefined || flags.output !== undefined))
      throw new UserError({
        kind: 'write-as-root',
        option: flags.write === undefined ? '--output' : '--write',
      });
    this.#page = new LivePage({ name, version: installation().manifest.version }, wanted);
  }

  watch(reporter: Reporter): Reporter {
    return this.#page.watch(reporter);
  }

  /** Once the interface and all files are open. */
  async begin(info: LiveInfo | null, say: (line: string) => void): Promise<void> {
    if (this.#isRootItself) {
      // nobody may not be able to read it later
      await loadSketches();
      becomeNobody();
    }
    const address = await this.#page.listen(info);
    say(`synfin: ${phrases.livePageText(address)}`);
    if (this.flags.open !== false && !this.#isRootItself) openOnDesktop(address, this.io);
  }

  /** Waits until a page listens, or until Ctrl-C; false for the latter. */
  async viewed(say: (line: string) => void): Promise<boolean> {
    say(`synfin: ${phrases.DEMO_WAITS}`);
    await Promise.race([this.#page.opened, this.#aborted()]);
    return !this.io.signal.aborted;
  }

  /** Keeps what there is to see until Ctrl-C. */
  async stay(say: (line: string) => void): Promise<void> {
    if (this.io.signal.aborted) return;
    say(`synfin: ${phrases.PAGE_STAYS}`);
    await this.#aborted();
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #aborted(): Promise<void> {
    const { signal } = this.io;
    if (!signal.aborted) await once(signal, 'abort');
  }
}

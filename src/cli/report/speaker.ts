/** Where the line about a list, and hints, go: with the results on a terminal, else to standard error. */
import { plain, wrap } from '../../render/text/style.js';
import type { TextPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import type { Output } from '../terminal/output.js';
import { terminalColumns } from '../terminal/status-line.js';

export interface Speaker {
  summary(text: string): Promise<void>;
  /** Only where a person reads standard error. */
  hint(text: string | null): void;
  /** The same, but with the results where these are on a terminal. */
  remark(text: string): Promise<void>;
}

export function speaker({ output, style, hints }: TextPlan, to: Output, io: CliIo): Speaker {
  const isTerminal = io.terminal && output === undefined;
  const line = (text: string, width: number): string =>
    wrap(`${style.unicode ? '»' : '>>'} ${plain(text, style)}`, width, 2)
      .map((each) => `${each.trimEnd()}\n`)
      .join('');
  return {
    async summary(text) {
      if (isTerminal) await to.write(`${wrap(plain(text, style), style.width, 2).join('\n')}\n\n`);
      else if (hints) io.stderr.write(`synfin: ${plain(text, style)}\n`);
    },
    hint(text) {
      const columns = terminalColumns(io.stderr);
      if (text === null || !hints || columns === null) return;
      io.stderr.write(line(text, columns));
    },
    async remark(text) {
      if (hints && isTerminal) await to.write(line(text, style.width));
      else this.hint(text);
    },
  };
}

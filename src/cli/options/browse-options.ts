/** Options of `synfin browse`. */
import { type Command, Option } from 'commander';
import type { AskFlags } from './ask.js';
import { languageOption } from './language.js';
import { colorOption, positive, TIMES, type TimeHow } from './options.js';
import { SORT_KEYS, type SortOrder, sortOrder } from './sort-order.js';

export interface BrowseFlags extends AskFlags {
  sort?: SortOrder;
  time?: TimeHow;
  color: 'auto' | 'always' | 'never';
  ascii?: boolean;
  absoluteSeq?: boolean;
  mouse: boolean;
  count?: number;
  maxConnections?: number;
  /** Live: the interface, which packets, and where they are saved. */
  interface?: string;
  filter?: string;
  write?: string;
}

export function addBrowseOptions(command: Command): Command {
  return command
    .optionsGroup('Show:')
    .option('--sort <key>', `by ${SORT_KEYS.join(', ')}; - turns it round`, sortOrder)
    .addOption(new Option('--time <how>', 'times of the list (default: utc)').choices([...TIMES]))
    .option('--absolute-seq', 'raw sequence numbers in place of relative ones')
    .option('--no-mouse', 'leave the mouse to the terminal, e.g. to select text')
    .option('--ascii', 'only ASCII characters')
    .addOption(languageOption())
    .addOption(colorOption())
    .optionsGroup('Read:')
    .option('-c, --count <n>', 'read so many packets', positive)
    .option('--max-connections <n>', 'connections followed at the same time', positive)
    .optionsGroup('Capture:')
    .option('-i, --interface <name>', 'capture on an interface, or any, and show connections as they come')
    .option('--filter <bpf>', 'with -i: which packets, e.g. "tcp port 80"')
    .option('-w, --write <file>', 'with -i: keep what was captured');
}

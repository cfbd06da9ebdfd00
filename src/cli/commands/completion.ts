/** `synfin completion SHELL` prints a script; the shell then asks `synfin complete -- WORDS…` for what may come next. */
import { readdirSync } from 'node:fs';
import addCompletions from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { TERMS } from '../../explain/terms/lookup.js';
import { KEY_NAMES } from '../../group/names.js';
import { columnNames } from '../../render/chosen-columns.js';
import { filterNames } from '../../where/filter.js';
import { SORT_NAMES } from '../options/sort-order.js';

type Offer = (value: string, description: string) => void;

/** Values of options that commander does not know the choices of. */
const VALUES: Readonly<Record<string, () => readonly string[]>> = {
  by: () => KEY_NAMES,
  columns: columnNames,
  sort: () => SORT_NAMES,
  where: filterNames,
};

/** Arguments and options that are files. */
const FILE_ARGUMENTS = ['files', 'parts'];
const FILE_OPTIONS = ['output', 'write', 'read', 'partial'];

/** Paths that begin as a word does; folders end in a slash. */
function pathsFrom(word: string): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, slash);
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(word.slice(slash)))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  } catch {
    return [];
  }
}

/** Words that `synfin explain` knows; those of several words need no quotes, but one completes a word at a time. */
function offerTerms(offer: Offer): void {
  for (const { name } of TERMS) if (!name.includes(' ')) offer(name, '');
}

/** Adds both commands to the program. `word`: the one that is being typed. */
export function addCompletionCommands(program: Command, word: string): void {
  const offerPaths = (offer: Offer): void => {
    for (const path of pathsFrom(word)) offer(path, '');
  };
  const root = addCompletions(program, { completionCommandName: 'completion' });
  for (const command of root.commands.values()) {
    for (const name of FILE_ARGUMENTS) {
      const argument = command.arguments.get(name);
      if (argument !== undefined) argument.handler = offerPaths;
    }
    const term = command.arguments.get('term');
    if (term !== undefined) term.handler = offerTerms;
    for (const name of FILE_OPTIONS) {
      const option = command.options.get(name);
      if (option !== undefined) option.handler = offerPaths;
    }
    for (const [name, values] of Object.entries(VALUES)) {
      const option = command.options.get(name);
      if (option === undefined) continue;
      option.handler = (offer: Offer) => {
        for (const value of values()) offer(value, '');
      };
    }
  }
}

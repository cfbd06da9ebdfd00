/** The filter of `--where` and its shorthands. */
import { compileFilter, type Filter } from '../../where/filter.js';

/**
 * `written`: the expressions of `--where`, as they are on the command line. `where`: these and the shorthands as one expression.
 *
 * @throws UserError for an expression that is wrong, shown as it was written and not in what shorthands add to it.
 */
export function compileAsked(written: readonly string[], where: string): Filter {
  for (const expression of written) if (expression !== where) compileFilter(expression);
  return compileFilter(where);
}

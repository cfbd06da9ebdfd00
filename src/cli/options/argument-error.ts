/** What is wrong with the value of an option; commander makes the sentence around it. */
import { InvalidArgumentError } from 'commander';
import type { ErrorValues } from '../../errors.js';
import { earlyText } from '../terminal/early-text.js';

export function argumentError(values: ErrorValues): InvalidArgumentError {
  return new InvalidArgumentError(earlyText(values));
}

/** A warning as a sentence, from what each language says of its parts. */
import type { Continuation, Problem } from '../../capture/problem.js';
import type { CaptureWarning } from '../../capture/reader.js';

export interface WarningSentences {
  /** Without the file that it concerns. */
  warningText(warning: Pick<CaptureWarning, 'problem' | 'continued'>): string;
  warningSentence(warning: CaptureWarning): string;
}

/** `continuationText`: where reading went on. */
export function warningsWith(
  problemText: (problem: Problem) => string,
  continuationText: (continued: Continuation) => string,
): WarningSentences {
  const warningText: WarningSentences['warningText'] = ({ problem, continued }) =>
    continued === null ? problemText(problem) : `${problemText(problem)}; ${continuationText(continued)}`;
  return {
    warningText,
    warningSentence(warning) {
      const text = warningText(warning);
      return warning.file === null ? text : `${warning.file}: ${text}`;
    },
  };
}

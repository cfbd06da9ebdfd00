/** The words of `synfin learn`. */

export function learnList(count: number): string {
  return `${count} lessons, ten minutes each:`;
}

export function learnHint(example: string): string {
  return `${example} begins with the first one; a number or a name picks another.`;
}

/** `place` of `count` sections. */
export function learnPlace(place: number, count: number): string {
  return `${place}/${count}`;
}

export function learnKeys(): string {
  return '[Enter: next, b: back, q: quit] ';
}

export function learnAnswerKeys(): string {
  return '[Enter: the answer, b: back, q: quit] ';
}

export function learnEnd(next: string | null): string {
  return next === null ? 'That was the last lesson.' : `End of the lesson. The next one: ${next}`;
}

export function learnUnknown(name: string, meant: string | null): string {
  return `there is no lesson '${name}'${meant === null ? '' : `; did you mean '${meant}'?`}`;
}

export function learnUnknownHint(): string {
  return 'synfin learn --list lists them';
}

export function learnMissing(): string {
  return 'the lessons are missing from this installation';
}

/** `shows`: what a picture shows, which a terminal cannot. */
export function learnPicture(shows: string): string {
  return `(The page of the lesson has a picture here: ${shows}.)`;
}

/** Where a shell would be needed, or a file of the source is not there. */
export function learnFromPage(): string {
  return '(as the page of the lesson has it)';
}

export function learnLive(scenario: string): string {
  return `Live: the scenario '${scenario}' runs now.`;
}

export function learnDiffers(): string {
  return '(Times and ports are not those of the text.)';
}

export function learnNotLive(): string {
  return 'So its recording is shown.';
}

/** For the same reason as a scenario before it. */
export function learnNotLiveAgain(): string {
  return 'Not possible either, for the same reason; its recording is shown.';
}

/** A line that is typed, as readline edits it. */

export interface EditedLine {
  readonly text: string;
  /** Position of the cursor, in UTF-16 units. */
  readonly at: number;
}

export function editedLine(text: string): EditedLine {
  return { text, at: text.length };
}

/** The line after a key; null where the key means nothing to it. `key`: a name, or the character itself. */
export function editLine({ text, at }: EditedLine, key: string): EditedLine | null {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (key) {
    case 'BACKSPACE':
      return { text: before.slice(0, -1) + after, at: Math.max(0, at - 1) };
    case 'DELETE':
    case 'CTRL_D':
      return { text: before + after.slice(1), at };
    case 'LEFT':
    case 'CTRL_B':
      return { text, at: Math.max(0, at - 1) };
    case 'RIGHT':
    case 'CTRL_F':
      return { text, at: Math.min(text.length, at + 1) };
    case 'HOME':
    case 'CTRL_A':
      return { text, at: 0 };
    case 'END':
    case 'CTRL_E':
      return { text, at: text.length };
    case 'CTRL_U':
      return { text: after, at: 0 };
    case 'CTRL_K':
      return { text: before, at };
    case 'CTRL_W': {
      const kept = before.replace(/\S+\s*$/, '');
      return { text: kept + after, at: kept.length };
    }
  }
  if ([...key].length !== 1 || /\p{Cc}/u.test(key)) return null;
  return { text: before + key + after, at: at + key.length };
}

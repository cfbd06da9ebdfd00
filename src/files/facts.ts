/** What the system knows of files. */
// not from fs/promises, which takes longer to load than a short capture to read
import { type Stats, statSync } from 'node:fs';

/** What the system says of a path; null where it says nothing: opening it says why. */
export function factsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

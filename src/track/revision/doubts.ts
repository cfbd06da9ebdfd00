/** The connections in doubt (revision.ts): each keeps a copy of a record and its segments since. */

import type { Focus } from '../memory/focus.js';
import type { SavedZeek } from '../peers/zeek-ends.js';
import { Doubt } from './revision.js';
import { Waiting } from './waiting.js';

export class Doubts extends Waiting<Doubt> {
  /** Begins a doubt about the connection in focus, before the current segment takes effect. */
  open(focus: Focus, zeek: SavedZeek | null): Doubt {
    const doubt = new Doubt(focus.save(), zeek, focus.at, focus.number);
    this.add(focus.slot, doubt);
    return doubt;
  }
}

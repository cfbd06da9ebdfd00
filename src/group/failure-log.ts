/** Failed connections in typed arrays: an object each would cost many times as much. */
import { DIMENSIONS, type Failure } from './stands-out.js';

const FIRST_CAPACITY = 256;
const WIDTH = DIMENSIONS.length + 1;

export class FailureLog {
  length = 0;
  /** The kind, then the groups. */
  private ints = new Int32Array(FIRST_CAPACITY * WIDTH);
  private times = new Float64Array(FIRST_CAPACITY);

  add(kind: number, groups: Int32Array, at: number): void {
    if (this.length === this.times.length) this.grow();
    const from = this.length * WIDTH;
    this.ints[from] = kind;
    this.ints.set(groups, from + 1);
    this.times[this.length++] = at;
  }

  failures(): Failure[] {
    return Array.from({ length: this.length }, (_, index) => ({
      kind: this.ints[index * WIDTH] ?? 0,
      groups: this.ints.subarray(index * WIDTH + 1, (index + 1) * WIDTH),
      at: this.times[index] ?? 0,
    }));
  }

  private grow(): void {
    const { ints, times } = this;
    this.ints = new Int32Array(ints.length * 2);
    this.ints.set(ints);
    this.times = new Float64Array(times.length * 2);
    this.times.set(times);
  }
}

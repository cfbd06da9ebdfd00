/** The numbers of connections, in the order in which they begin. One that is reserved and not used goes to the next. */
export class Indices {
  private taken = 0;
  private readonly unused: number[] = [];

  next(): number {
    return this.unused.pop() ?? this.taken++;
  }

  giveBack(index: number): void {
    this.unused.push(index);
  }

  /** How many connections have one. */
  get count(): number {
    return this.taken - this.unused.length;
  }

  /** Whether a connection has that index. */
  has(index: number): boolean {
    return index >= 0 && index < this.taken && !this.unused.includes(index);
  }

  /** The highest index of a connection, -1 without any. */
  get last(): number {
    let last = this.taken - 1;
    while (this.unused.includes(last)) last--;
    return last;
  }
}

/** Rows of a list written as their connections end. */
import type { HeldRow } from '../../render/held-row.js';
import type { ListColumn } from '../../render/list-columns.js';
import { dateOf, type Layout, layOut, type TableOptions } from '../../render/text/layout.js';
import { headLine } from '../../render/text/table.js';
import type { TextPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import { linesOf } from './held-rows.js';
import { tableOptions } from './table-options.js';

/** Rows that decide the widths of an endless list. */
const MEASURED = 1000;

/** Rows that are written as they come: the first ones decide how wide the columns are. */
export class StreamedRows {
  dropped: readonly string[] = [];
  private layout: Layout<HeldRow> | null = null;
  private waiting: HeldRow[] = [];
  /** The row that was written last. */
  private before: HeldRow | undefined;

  constructor(
    private readonly columns: readonly ListColumn<HeldRow>[],
    private readonly plan: TextPlan,
    private readonly output: Output,
    private readonly look: Pick<TableOptions, 'oneLine'>,
  ) {}

  add(row: HeldRow): void {
    this.waiting.push(row);
  }

  async flush(): Promise<void> {
    if (this.waiting.length >= MEASURED || (this.layout !== null && this.waiting.length > 0))
      await this.write();
  }

  /** `headed`: a list without rows has its heads all the same. */
  async end(headed: boolean): Promise<void> {
    if (this.waiting.length > 0 || (headed && this.layout === null)) await this.write();
  }

  private async write(): Promise<void> {
    const { style } = this.plan;
    const rows = this.waiting;
    this.waiting = [];
    if (this.layout === null || this.needsDates(rows, this.layout)) {
      const measured = this.before === undefined ? rows : [this.before, ...rows];
      this.layout = layOut(this.columns, measured, { ...tableOptions(this.plan, null), ...this.look }, style);
      this.dropped = this.layout.dropped;
      if (!this.layout.narrow) await this.output.write(`${headLine(this.layout, style)}\n`);
    }
    await this.output.write(linesOf(this.layout, rows, style, this.before));
    this.before = rows.at(-1) ?? this.before;
  }

  /** Rows of another day: from here on with their dates, below new heads. */
  private needsDates(rows: readonly HeldRow[], { options }: Layout<HeldRow>): boolean {
    const { date = 'none', ...time } = options.time;
    if (date === 'year') return false;
    const needed = dateOf(this.columns, this.before === undefined ? rows : [this.before, ...rows], time);
    return needed === 'year' || (needed === 'day' && date === 'none');
  }
}

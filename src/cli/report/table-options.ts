/** The room and the times of a table, from the plan. */

import type { CaptureSummary } from '../../analysis/summary.js';
import type { TableOptions } from '../../render/text/layout.js';
import type { TextPlan } from '../options/plan.js';

export function tableOptions(plan: TextPlan, summary: Pick<CaptureSummary, 'start'> | null): TableOptions {
  const detail = plan.tableWidth === Number.POSITIVE_INFINITY ? 'full' : 'milliseconds';
  const from = plan.time === 'relative' ? (summary?.start ?? null) : null;
  return { width: plan.tableWidth, time: { how: plan.time, from, detail } };
}

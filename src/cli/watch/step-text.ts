/** The lines of steps in the life of a watched connection. */
import { endpointText } from '../../decode/address.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import type { ProcessOwner } from '../../live/process-owner.js';
import { cellText } from '../../render/text/cells.js';
import { type Color, paint, plain, type TextStyle, wrap } from '../../render/text/style.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionReport, EndpointAddress } from '../../verdict/report.js';
import type { TimeHow } from '../options/options.js';
import { lastTime } from './outcome-lines.js';
import type { Ends, KernelView } from './sockets.js';

const COLORS: Readonly<Record<Step, Color>> = {
  opening: 'dim',
  opened: 'green',
  closing: 'yellow',
  closed: 'green',
  failed: 'red',
};

export interface StepLook {
  style: TextStyle;
  /** Null where arrows with times of their own are between the lines. */
  time: TimeHow | null;
  /** Whole dates, for programs. */
  whole: boolean;
  /** Lines are broken between words, as a person reads them. */
  wraps: boolean;
}

/** Columns of a connection's number: up to 99 they are in line. */
const NUMBER_WIDTH = 3;

/** The lines of steps: the time first, then whose step it is. */
export class StepLines {
  /** Where relative times count from: the first connection that is printed; with delta: the line before. */
  private from: Time | null = null;

  constructor(private readonly look: StepLook) {}

  /** `owners`: the processes at its ends; `view`: what the kernel says of them; each null where nobody asked. */
  line(
    step: Step,
    report: ConnectionReport,
    owners: Ends<ProcessOwner | null> | null,
    view: Ends<KernelView | null> | null,
  ): string {
    const { style, wraps } = this.look;
    const client = endpoint(report.client, owners?.client ?? null);
    const server = endpoint(report.server, owners?.server ?? null);
    const time = this.timeText(report);
    const number = `#${report.index}`.padEnd(this.look.time === null ? 0 : NUMBER_WIDTH);
    const text = `${time}${number} ${phrases.stepName(step).padEnd(phrases.STEP_NAME_WIDTH)} ${client} → ${server}  ${phrases.stepSentence(step, report)}`;
    const lines = wraps ? wrap(plain(text, style), style.width, time.length) : [plain(text, style)];
    const parts = [lines.map((line) => paint(style, COLORS[step], line)).join('\n')];
    if (view !== null) parts.push(...kernelText(view, style));
    return parts.join('  ');
  }

  private timeText(report: ConnectionReport): string {
    const { time, whole } = this.look;
    if (time === null) return '';
    if (time !== 'delta')
      this.from ??= { seconds: report.startSeconds, nanoseconds: report.startNanoseconds };
    const at = lastTime(report);
    const text = cellText(at, 'time', {
      how: time,
      from: this.from,
      detail: whole ? 'full' : 'milliseconds',
    });
    if (time === 'delta') this.from = at;
    return `${text}  `;
  }
}

function endpoint({ address, port }: EndpointAddress, owner: ProcessOwner | null): string {
  const process = owner === null ? '' : ` (${escapeText(owner.name)} ${owner.pid})`;
  return `${endpointText(address, port)}${process}`;
}

/** `[kernel: client FIN-WAIT-2, server CLOSE-WAIT ≠ ESTABLISHED]`: the second is what was inferred, where it differs. */
function kernelText(view: Ends<KernelView | null>, style: TextStyle): string[] {
  const ends = (['client', 'server'] as const).flatMap((end) => {
    const of = view[end];
    if (of === null) return [];
    const differs = { sign: style.unicode ? '≠' : '!=', state: phrases.stateWord(of.inferred) };
    return [phrases.kernelEnd(end, of.kernel, of.agrees ? null : differs)];
  });
  if (ends.length === 0) return [];
  const agrees = view.client?.agrees !== false && view.server?.agrees !== false;
  return [paint(style, agrees ? 'dim' : 'yellow', plain(phrases.kernelText(ends), style))];
}

/** The line for a step in the life of a watched connection. */
import { endpointText } from '../../decode/address.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { ProcessOwner } from '../../live/process-owner.js';
import { type Color, paint, plain, type TextStyle } from '../../render/text/style.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionReport, EndpointAddress } from '../../verdict/report.js';
import type { Ends, KernelView } from './sockets.js';

const COLORS: Readonly<Record<Step, Color>> = {
  opening: 'dim',
  opened: 'green',
  closing: 'yellow',
  closed: 'green',
  failed: 'red',
};

/** `owners`: the processes at its ends; `view`: what the kernel says of them; each null where nobody asked. */
export function stepLine(
  step: Step,
  report: ConnectionReport,
  owners: Ends<ProcessOwner | null> | null,
  view: Ends<KernelView | null> | null,
  style: TextStyle,
): string {
  const client = endpoint(report.client, owners?.client ?? null);
  const server = endpoint(report.server, owners?.server ?? null);
  const text = `#${report.index} ${phrases.stepName(step).padEnd(phrases.STEP_NAME_WIDTH)} ${client} → ${server}  ${phrases.stepSentence(step, report)}`;
  const parts = [paint(style, COLORS[step], plain(text, style))];
  if (view !== null) parts.push(...kernelText(view, style));
  return parts.join('  ');
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

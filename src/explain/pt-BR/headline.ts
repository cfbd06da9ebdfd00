/** The verdict on a connection in a line: the title of its picture. */
import type { ConnectionReport } from '../../verdict/report.js';
import { resetCausesWords } from './causes.js';
import { type End, endName } from './ends.js';
import { agreeing } from './noun-forms.js';
import { count, durationText, grouped } from './quantities.js';
import { stillOpen } from './sentences.js';
import { capitalized } from './words.js';

/** `Aberta em 26,3 µs; encerrada em quatro etapas, primeiro pelo cliente`. */
export function headline(report: ConnectionReport): string {
  const parts = [openingPart(report), ...troubles(report), closingPart(report)];
  return capitalized(parts.filter((part) => part !== '').join('; '));
}

function openingPart({ opening, findingCounts }: ConnectionReport): string {
  const time = opening.connectTime === null ? '' : ` em ${durationText(opening.connectTime)}`;
  switch (opening.kind) {
    case 'three-way':
      return `aberta${time}`;
    case 'simultaneous':
      return findingCounts['split-handshake'] === undefined
        ? `aberta pelos dois lados ao mesmo tempo${time}`
        : `aberta por handshake dividido${time}`;
    case 'fast-open':
      return `aberta${time} com dados no SYN (Fast Open)`;
    case 'refused':
      return 'recusada';
    case 'no-answer':
      return `sem resposta a ${count(opening.synCount, 'SYN')}`;
    case 'not-completed':
      return 'handshake não concluído';
    case 'not-captured':
      return 'abertura não capturada';
  }
}

/** What happened in between that a healthy connection does not have. */
function troubles({ opening, traffic, findings, findingCounts }: ConnectionReport): string[] {
  const parts: string[] = [];
  const retransmissions = traffic.client.retransmissions + traffic.server.retransmissions;
  if (retransmissions > 0 && opening.complete) parts.push(count(retransmissions, 'retransmission'));
  const ignored = findingCounts['ignored-segment'] ?? 0;
  const resets = findings.filter(isIgnoredReset).length;
  if (resets > 0) parts.push(resets === 1 ? 'um RST foi ignorado' : `${resets} RSTs foram ignorados`);
  const others = ignored - resets;
  if (others > 0) parts.push(`${count(others, 'segment')} ${agreeing(others, 'ignorado', 'ignorados')}`);
  for (const side of ['client', 'server'] as const) {
    const { zeroWindows } = traffic[side];
    if (zeroWindows > 0) parts.push(`o ${endName(side)} fechou sua janela${times(zeroWindows)}`);
  }
  return parts;
}

function isIgnoredReset({ code, values }: ConnectionReport['findings'][number]): boolean {
  return code === 'ignored-segment' && String(values?.because).startsWith('rst-');
}

function times(n: number): string {
  return n === 1 ? '' : ` ${n === 2 ? 'duas' : grouped(n)} vezes`;
}

const STEPS = {
  'four-step': 'em quatro etapas',
  'three-step': 'em três etapas',
  simultaneous: 'pelos dois lados ao mesmo tempo',
};

function first(end: End | null): string {
  return end === null ? '' : `, primeiro pelo ${endName(end)}`;
}

function closingPart(report: ConnectionReport): string {
  const { opening, closing } = report;
  switch (closing.kind) {
    case 'four-step':
    case 'three-step':
    case 'simultaneous': {
      const who = closing.kind === 'simultaneous' ? '' : first(closing.initiator);
      return `encerrada ${STEPS[closing.kind]}${who}${closing.complete ? '' : ', encerramento não concluído'}`;
    }
    case 'reset': {
      const { by, cause, alternatives } = closing.reset;
      const causes = resetCausesWords([cause, ...alternatives]);
      if (opening.kind === 'refused') return causes;
      return `reset pelo ${endName(by)}: ${causes}`;
    }
    case 'half-closed':
      return closing.initiator === null
        ? 'encerrada só de um lado'
        : `encerrada só pelo ${endName(closing.initiator)}`;
    case 'open':
      return stillOpen(report);
    case 'none':
      return '';
  }
}

/** Lines about connections as they come. */
import type { Step } from '../../track/results/sink.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import { endName } from './ends.js';
import { agreeing } from './noun-forms.js';
import { outcomeWords } from './outcomes.js';
import { count, durationText, grouped } from './quantities.js';

const STEPS: Readonly<Record<Step, string>> = {
  opening: 'abrindo',
  opened: 'aberta',
  closing: 'encerrando',
  closed: 'encerrada',
  failed: 'falhou',
};

export function stepName(step: Step): string {
  return STEPS[step];
}

/** The longest of them. */
export const STEP_NAME_WIDTH: number = 10;

/** What the kernel says of an end; `inferred`: what was inferred where that differs, with the sign between the two. */
export function kernelEnd(
  end: 'client' | 'server',
  state: string | null,
  inferred: { sign: string; state: string } | null,
): string {
  return `${endName(end)} ${state ?? 'sem socket'}${inferred === null ? '' : ` ${inferred.sign} ${inferred.state}`}`;
}

export function kernelText(ends: readonly string[]): string {
  return `[kernel: ${ends.join(', ')}]`;
}

export function correctionText(before: OutcomeKind): string {
  return `antes parecia: ${outcomeWords({ kind: before, by: null })}`;
}

export function slowestResponseText(seconds: number): string {
  return `resposta mais lenta ${durationText(seconds)}`;
}

/** `cell`: a time as columns have it. */
export function responseCell(cell: string): string {
  return `resposta ${cell}`;
}

export function leftOutFine(n: number): string {
  return `+ ${grouped(n)} ${agreeing(n, 'encerrada', 'encerradas')} sem problemas`;
}

export function leftOutLines(n: number): string {
  return `… mais ${grouped(n)} ${agreeing(n, 'linha omitida', 'linhas omitidas')}: são demais para ler`;
}

export const CAPTURING: string = 'capturando…';

/** The status line. `lost`: packets, null where not known. */
export function watchStatus({
  open,
  over,
  failed,
  packets,
  lost,
}: {
  open: number;
  over: number;
  failed: number;
  packets: number;
  lost: number | null;
}): string {
  const bad = failed === 0 ? '' : ` (${grouped(failed)} ${agreeing(failed, 'falhou', 'falharam')})`;
  const losses =
    lost === null ? 'perdas desconhecidas' : `${grouped(lost)} ${agreeing(lost, 'perdido', 'perdidos')}`;
  return `${grouped(open)} ${agreeing(open, 'aberta', 'abertas')} · ${grouped(over)} ${agreeing(over, 'encerrada', 'encerradas')}${bad} · ${count(packets, 'packet')} · ${losses}`;
}

/**
 * Where nothing is captured. `filter`: empty for none; `name`: null for any interface; `busy`: other interfaces with traffic,
 * null where the system does not say; `hasOther`: this one has traffic that the filter leaves out.
 */
export function silenceText(
  filter: string,
  name: string | null,
  seconds: number,
  busy: readonly string[] | null,
  hasOther: boolean,
): string {
  const what = filter === '' ? 'nenhum pacote' : `nenhum pacote que corresponda a '${filter}'`;
  const where = name ?? 'nenhuma interface';
  const said = `${what} em ${where} por ${seconds} s`;
  if (busy === null) return `${said}; synfin interfaces lista as outras`;
  const [first] = busy;
  if (name === null) return first === undefined ? said : `${said}; há tráfego em ${busy.join(', ')}`;
  const own = hasOther ? `; ${where} tem outro tráfego` : '';
  if (first === undefined) return hasOther ? said + own : `${said}; nenhuma outra interface tem tráfego`;
  return `${said}${own}; há tráfego em ${busy.join(', ')}: synfin live -i ${first}`;
}

/** How far a reading has come: `45,7 MB de 907,7 MB`; `size` null where it is not known. */
export function readText(read: string, size: string | null): string {
  return size === null ? read : `${read} de ${size}`;
}

export function speedText(packets: number): string {
  return `${grouped(packets)} pacotes/s`;
}

export function leftText(seconds: number): string {
  return `${seconds < 2 ? 'falta' : 'faltam'} ${durationText(seconds)}`;
}

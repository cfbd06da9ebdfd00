/** The outcomes of a capture's connections, in words. */
import type { StandOut, StandOutFailure } from '../../group/failures.js';
import type { FailureKind, Overview } from '../../group/overview.js';
import { RESET_CAUSES, type ResetCause } from '../../verdict/catalogue.js';
import { resetCauseWords } from './causes.js';
import { findingName } from './finding-names.js';
import { agreeing } from './noun-forms.js';
import { OUTCOME_PLURALS } from './outcome-forms.js';
import { outcomeWords } from './outcomes.js';
import { count, decimalText, durationCell, durationText, grouped } from './quantities.js';

/** `6,1%`, `27%`, `< 0,1%`. */
export function shareText(part: number, all: number): string {
  const share = (100 * part) / all;
  if (part > 0 && share < 0.1) return '< 0,1%';
  // what is not all of them is never 100 %
  if (share >= 99.5 && part < all) return `${decimalText(Math.floor(share * 10) / 10, 1)}%`;
  return `${decimalText(share, share >= 10 ? 0 : 1)}%`;
}

/** A round time: `2 s`, `5 min`, `1 d`. The units are the same in every language. */
export { stepText } from '../en/overview-sentences.js';

export function failureName({ kind, by }: Pick<FailureKind, 'kind' | 'by'>): string {
  return outcomeWords({ kind, by });
}

/** Why, where the packets say it: the causes by their number, as many as there is room for. */
export function failureCause(
  { kind, count: all, causes, mostSyns, longest }: FailureKind,
  most: number,
): string {
  if (kind === 'no-answer') {
    if (mostSyns === 1) return 'sem resposta ao SYN';
    const syns = `até ${count(mostSyns, 'SYN')}`;
    const whole = `${syns} em ${durationText(longest)}, sem resposta`;
    return whole.length <= most ? whole : syns;
  }
  const [main] = causes;
  if (main === undefined) return '';
  if (causes.length === 1 && main[1] === all) return causeNames(main[0], kind, most);
  let text = '';
  for (const [cause, n] of causes) {
    const more = `${text === '' ? '' : `${text}, `}${causeNames(cause, kind)} (${grouped(n)})`;
    if (more.length > most) break;
    text = more;
  }
  return text === '' ? `sobretudo ${causeNames(main[0], kind, most - 10)}` : text;
}

/** A cause and those that the packets do not exclude; the first alone where there is no room for all. */
function causeNames(causes: string, kind: FailureKind['kind'], most = Number.POSITIVE_INFINITY): string {
  const [first = '', ...others] = causes.split(' ').map((cause) => causeName(cause, kind));
  const all = [first, ...others].join(' ou ');
  return others.length === 0 || all.length <= most ? all : `${first} ou …`;
}

function causeName(cause: string, kind: FailureKind['kind']): string {
  if (Object.hasOwn(RESET_CAUSES, cause)) return resetCauseWords(cause as ResetCause);
  return kind === 'refused' ? 'erro ICMP' : 'SYN-ACK não confirmado';
}

/** `58.000 encerradas, 12 ainda abertas`. */
export function notFailed(outcomes: Overview['outcomes']): string {
  return outcomes
    .filter(([kind, n]) => n > 0 && !['refused', 'no-answer', 'not-completed', 'reset'].includes(kind))
    .map(
      ([kind, n]) => `${grouped(n)} ${agreeing(n, outcomeWords({ kind, by: null }), OUTCOME_PLURALS[kind])}`,
    )
    .join(', ');
}

/** What an interrupted reading leaves open. */
export function unfinishedText(outcomes: Overview['outcomes']): string {
  const open = outcomes.find(([kind]) => kind === 'open')?.[1] ?? 0;
  const still = agreeing(open, 'ainda está aberta', 'ainda estão abertas');
  return `A leitura foi interrompida: por isso, ${grouped(open)} ${still}, e algumas que parecem sem resposta podem ter tido uma.`;
}

export function slowConnectsText({ slowConnects }: Overview): string {
  return slowConnects === 0 ? '' : `${grouped(slowConnects)} acima de 1 s`;
}

/** A group that fails, or is slow, as a name and what is said of it. */
export function standOutLines(
  stands: StandOut,
  timeOf: (at: number) => string,
): { name: string; lines: string[] } {
  if (stands.what === 'response')
    return {
      name: stands.name,
      lines: [
        `resposta p50 ${durationCell(stands.median)} em ${count(stands.connections, 'connection')} (todas: ${durationCell(stands.ofAll)})`,
      ],
    };
  const { dimension, name, failed, total, elsewhere, interval } = stands;
  const rate = `${failureName(stands)}: ${grouped(failed)} de ${grouped(total)} (${shareText(failed, total)}; nas demais, ${shareText(elsewhere, 1)})`;
  const when =
    interval === null
      ? []
      : [`de ${timeOf(interval.from)} a ${timeOf(interval.to)}: ${grouped(interval.failed)} delas`];
  return { name: groupName(dimension, name, timeOf), lines: [rate, ...when] };
}

function groupName(
  dimension: StandOutFailure['dimension'],
  name: string,
  timeOf: (at: number) => string,
): string {
  switch (dimension) {
    case 'client':
      return `cliente ${name}`;
    case 'network':
      return `clientes em ${name}`;
    case 'port':
      return `porta de servidor ${name}`;
    case 'second':
      return `no segundo a partir de ${timeOf(Number(name) * 1e9)}`;
    default:
      return name;
  }
}

export const NOTHING_STANDS_OUT: string =
  'Nada se destaca: nenhum servidor, cliente, rede, porta ou segundo falha mais do que o acaso explica.';
export const TOO_MANY_GROUPS: string = 'O que se destaca não foi procurado: há clientes ou falhas demais.';

/** `retransmissão 4.532, segmento não capturado 2.849`. */
export function codesText(codes: Overview['codes'], most: number): string {
  return codes
    .slice(0, most)
    .map(([code, n]) => `${findingName(code)} ${grouped(n)}`)
    .join(', ');
}

/** What the examples are. */
export function examplesText(shown: number, all: number, perFailure: number, slowest: boolean): string {
  const parts = [
    ...(perFailure > 0 ? [`até ${perFailure} de cada falha`] : []),
    ...(slowest ? ['as mais lentas para conectar'] : []),
  ];
  const which = parts.length === 0 ? '' : `: ${parts.join(', depois ')}`;
  return `${grouped(shown)} de ${count(all, 'connection')}${which}`;
}

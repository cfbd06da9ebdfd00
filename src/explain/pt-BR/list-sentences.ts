/** What a list of connections is, in a line. */
import type { ListFacts, PageFacts } from '../en/list-sentences.js';
import { agreeing, nounForm } from './noun-forms.js';
import { count, grouped } from './quantities.js';

export type { ListFacts, PageFacts } from '../en/list-sentences.js';

/** Several, and one alone. */
type Which = readonly [string, string];

/** What each order brings to the top, and turned round. */
const FIRST: Readonly<Record<string, readonly [Which, Which]>> = {
  start: [
    ['que começaram primeiro', 'que começou primeiro'],
    ['que começaram por último', 'que começou por último'],
  ],
  end: [
    ['que terminaram primeiro', 'que terminou primeiro'],
    ['que terminaram por último', 'que terminou por último'],
  ],
  connect: [
    ['mais lentas para conectar', 'mais lenta para conectar'],
    ['mais rápidas para conectar', 'mais rápida para conectar'],
  ],
  response: [
    ['mais lentas para responder', 'mais lenta para responder'],
    ['mais rápidas para responder', 'mais rápida para responder'],
  ],
  duration: [
    ['mais longas', 'mais longa'],
    ['mais curtas', 'mais curta'],
  ],
  bytes: [
    ['de mais bytes', 'de mais bytes'],
    ['de menos bytes', 'de menos bytes'],
  ],
  retransmissions: [
    ['de mais retransmissões', 'de mais retransmissões'],
    ['de menos retransmissões', 'de menos retransmissões'],
  ],
};

/** Lists of flows, which are masculine as connections are not. */
const FIRST_FLOWS: typeof FIRST = {
  ...FIRST,
  duration: [
    ['mais longos', 'mais longo'],
    ['mais curtos', 'mais curto'],
  ],
};

/** `1.184 de 60.000 conexões correspondem; as 10 mais lentas para conectar`. */
export function listSentence({ matching, all, shown, sort, noun }: ListFacts): string {
  const found =
    matching === null
      ? count(all, noun)
      : `${grouped(matching)} de ${grouped(all)} ${nounForm(all, noun)} ${agreeing(matching, 'corresponde', 'correspondem')}`;
  const total = matching ?? all;
  if (total === 0) return found;
  const isMasculine = noun === 'UDP flow';
  const ending = isMasculine ? 'o' : 'a';
  const orders = isMasculine ? FIRST_FLOWS : FIRST;
  const order = sort === null ? null : (orders[sort.key]?.[sort.reversed ? 1 : 0] ?? null);
  if (shown >= total)
    return order === null || total === 1 ? found : `${found}; a partir d${ending}s ${order[0]}`;
  if (shown === 1) return `${found}; só ${ending} ${order === null ? `primeir${ending}` : order[1]}`;
  return order === null
    ? `${found}; ${ending}s ${grouped(shown)} primeir${ending}s`
    : `${found}; ${ending}s ${grouped(shown)} ${order[0]}`;
}

/** `1.184 de 60.000 conexões correspondem`. */
export function matchSentence(matching: number, all: number, noun: 'connection' | 'UDP flow'): string {
  return listSentence({ matching, all, shown: matching, sort: null, noun });
}

/** What to ask for to see the rest. */
export function listHint(hidden: number, dropped: readonly string[]): string | null {
  const parts = [
    ...(hidden > 0 ? [`mais ${grouped(hidden)}: --limit 0`] : []),
    ...(dropped.length > 0 ? [`sem espaço: ${dropped.join(', ')} (--columns all)`] : []),
  ];
  return parts.length === 0 ? null : parts.join('   ');
}

/** How to see what the page of a capture does not show. */
export function pageHints({ hiddenFlows, lists, failed, browsable, dropped, live }: PageFacts): string[] {
  const again = [
    ...(lists && failed ? ['falhas: --failed'] : []),
    ...(lists ? ['um diagrama: --connection N'] : []),
    ...(browsable ? ['abrir: synfin browse ARQUIVO'] : []),
  ].join('   ');
  const ways =
    live && lists ? 'para ver de perto: live --write ARQUIVO, depois synfin ARQUIVO --connection N' : again;
  const columns = listHint(0, dropped);
  return [
    ...(hiddenFlows > 0 ? [`mais ${count(hiddenFlows, 'UDP flow')}: --format ndjson`] : []),
    ...(columns === null ? [] : [columns]),
    ...(ways === '' ? [] : [ways]),
  ];
}

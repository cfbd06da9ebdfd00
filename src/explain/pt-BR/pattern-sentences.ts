/** What shows over many connections, in words. */
import type { AttemptOutcome, Outcomes } from '../../verdict/attempt-outcomes.js';
import type { Pattern } from '../../verdict/patterns.js';
import { agreeing } from './noun-forms.js';
import { count, durationText, grouped } from './quantities.js';

const NAMES: Readonly<Record<Pattern['code'], string>> = {
  'port-scan': 'varredura de portas',
  'ack-scan': 'varredura ACK',
  'syn-scan': 'varredura SYN',
  'connect-scan': 'varredura de portas por conexões completas',
  'fin-scan': 'varredura FIN',
  'null-scan': 'varredura NULL',
  'xmas-scan': 'varredura Xmas',
  'host-sweep': 'varredura de hosts',
  'syn-flood': 'inundação de SYN (SYN flood)',
  'health-checks': 'verificações de saúde',
};

/** One, and several. */
const WORDS: readonly [AttemptOutcome, string, string][] = [
  ['refused', 'recusada', 'recusadas'],
  ['noAnswer', 'sem resposta', 'sem resposta'],
  ['notCompleted', 'respondida com SYN-ACK e não aberta', 'respondidas com SYN-ACK e não abertas'],
  ['reset', 'aberta e abortada com RST sem dados', 'abertas e abortadas com RST sem dados'],
  ['closed', 'aberta e encerrada sem dados', 'abertas e encerradas sem dados'],
  ['used', 'usada', 'usadas'],
];

/** Ports above those of system services: whoever asks many hosts at one of them may have a list of peers. */
const FIRST_USER_PORT = 1024;

/** What shows over many connections, in one line. */
export function patternSentence(pattern: Pattern): string {
  const { code, address } = pattern;
  const name = NAMES[code];
  const first = `a partir do pacote ${pattern.firstPacket}`;
  switch (code) {
    case 'syn-flood':
      return `${name} em ${address}, porta ${pattern.port}: ${grouped(pattern.count)} ${agreeing(pattern.count, 'abertura nunca foi concluída', 'aberturas nunca foram concluídas')} (${first})`;
    case 'health-checks':
      return `${name} de ${address} em ${pattern.target}, porta ${pattern.port}: ${checks(pattern)} (${first})`;
    case 'host-sweep': {
      const ports = pattern.port === null ? count(pattern.ports, 'port') : `porta ${pattern.port}`;
      const lookalike =
        pattern.port !== null && pattern.port >= FIRST_USER_PORT
          ? '; um cliente que consulta uma lista de pares seria igual'
          : '';
      return `${name} de ${address}: ${ports} em ${atLeast(pattern)}${count(pattern.hosts, 'host')}, ${outcome(pattern.outcomes)}${lookalike} (${first})`;
    }
    default: {
      const whom = pattern.target ?? count(pattern.hosts, 'host');
      const tried = agreeing(pattern.ports, 'tentada', 'tentadas');
      return `${name} de ${address}: ${atLeast(pattern)}${count(pattern.ports, 'port')} de ${whom} ${tried}, ${outcome(pattern.outcomes)} (${first})`;
    }
  }
}

function checks({ count: checked, interval, outcomes, exact }: Pattern): string {
  const how =
    outcomes.closed === 0
      ? 'cada uma abortada com RST sem dados'
      : outcomes.reset === 0
        ? 'cada uma encerrada sem dados'
        : `${grouped(outcomes.closed)} ${agreeing(outcomes.closed, 'encerrada', 'encerradas')} e ${grouped(outcomes.reset)} ${agreeing(outcomes.reset, 'abortada', 'abortadas')} com RST, sem dados`;
  const often = interval === null ? '' : `, a cada ${durationText(interval)}`;
  return `${exact ? '' : 'ao menos '}${count(checked, 'connection')}${often}, ${how}`;
}

function atLeast({ exact }: Pattern): string {
  return exact ? '' : 'ao menos ';
}

/** `nenhuma respondida`, or how many came to what. */
function outcome(outcomes: Outcomes): string {
  const parts = WORDS.filter(([name]) => outcomes[name] > 0);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined)
    return only[0] === 'noAnswer' ? 'nenhuma respondida' : `todas ${only[2]}`;
  return parts
    .map(([name, one, several]) => `${grouped(outcomes[name])} ${agreeing(outcomes[name], one, several)}`)
    .join(', ');
}

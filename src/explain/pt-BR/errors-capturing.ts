/** Why nothing can be captured here, what to do about it, and what is said of a capture that runs. */
import type { ErrorValues, Sentences } from '../../error-kinds/all.js';
import type {
  ADVICE,
  CAPTURING_ERRORS,
  CAPTURING_NOTES,
  SOURCE_ERRORS,
} from '../../error-kinds/capturing.js';
import { linesOf, ownWords } from '../shared/errors.js';

/** Follows every command that was not tried. */
const UNTRIED = '(conforme a documentação, não testado)';
const HELPER = 'o processo auxiliar de captura';
const because = (why: ErrorValues | null, said: (cause: ErrorValues) => string): string =>
  why === null ? '' : `: ${said(why)}`;

export const SOURCES: Sentences<typeof SOURCE_ERRORS> = {
  'helper-not-compiled': () => 'o processo auxiliar de captura não está compilado (npm run build)',
  'helper-slow': ({ seconds }) => `o processo auxiliar de captura não começou em ${seconds} s`,
  'helper-no-pipe': () => 'sem pipe para o processo auxiliar de captura',
  'helper-ended': () => 'o processo auxiliar de captura terminou antes de começar',
  'helper-not-started': ({ why }, said) =>
    `não foi possível iniciar o processo auxiliar de captura: ${said(why)}`,
  'helper-no-answer': () => 'o processo auxiliar de captura não respondeu',
  'no-stop-thread': ({ why }, said) => `não há thread para receber o fim: ${said(why)}`,
  'ended-with-code': ({ program, code, why }, said) =>
    `${program ?? HELPER} terminou com o código ${code ?? '?'}${because(why, said)}`,
  'ended-by-signal': ({ program, signal, why }, said) =>
    `${program ?? HELPER} foi encerrado por ${signal}${because(why, said)}`,
  'ended-without-a-word': ({ program }) => `${program} terminou sem dizer por quê`,
  'package-missing': ({ name }) => `o pacote npm ${name} não está instalado`,
  'package-not-built': ({ name }) => `o pacote npm ${name} não foi compilado`,
  'package-no-build': ({ name }) => `o pacote npm ${name} não tem versão para esta máquina`,
  'program-missing': ({ name }) => `${name} não está instalado`,
  'program-forbidden': ({ path }) => `este usuário não pode executar ${path}`,
  'not-on-platform': ({ platform }) => `não disponível em ${platform}`,
  'no-libpcap': () => 'a libpcap não foi encontrada',
  'no-direction': ({ source }) => `${source} não escolhe o sentido`,
  'direction-refused': ({ why }, said) => `o sentido não pode ser escolhido aqui: ${said(why)}`,
  'filter-not-set': ({ why }, said) => `não foi possível aplicar o filtro: ${said(why)}`,
  'no-stream': () => 'não foi possível abrir o canal para o processo principal',
  'interface-taken-down': ({ name }) => `A interface ${name} foi desativada.`,
  'interface-gone': ({ name }) => `A interface ${name} não existe mais.`,
};

export const CAPTURING: Sentences<typeof CAPTURING_ERRORS> = {
  'no-way-to-capture': () => 'Não há como capturar aqui.',
  'not-permitted': ({ name, why, advice, notes }, said) => [
    `Este usuário não tem permissão para capturar em '${name}' (${ownWords(why, said)}).`,
    linesOf([...advice, ...notes], said),
  ],
  'no-interface': ({ name, others }) => [
    `Não existe a interface '${name}' para capturar.`,
    `Há: ${others.join(', ')}.`,
  ],
  'interface-down': ({ name, command, notes }, said) => [
    `A interface '${name}' está inativa.`,
    linesOf([command, ...notes], said),
  ],
  'bad-filter': ({ filter, why, notes }, said) => [
    `O filtro '${filter}' não é válido: ${ownWords(why, said)}.`,
    linesOf(
      ["Filtros são escritos na linguagem da libpcap, p. ex. 'tcp port 80': man pcap-filter.", ...notes],
      said,
    ),
  ],
  'source-unusable': ({ source, why, advice, notes }, said) => [
    `A fonte de captura ${source} não pode ser usada aqui: ${ownWords(why, said)}.`,
    linesOf([...advice, ...notes], said),
  ],
  'source-cannot': ({ source, why, notes }, said) => [
    `A fonte de captura ${source} não faz isso: ${ownWords(why, said)}.`,
    linesOf(['Tente --backend libpcap.', ...notes], said),
  ],
  'capturing-failed': ({ name, source, why, notes }, said) => [
    `A captura em '${name}' com ${source} falhou: ${ownWords(why, said)}.`,
    linesOf(notes, said),
  ],
  'root-not-given-up': ({ uid }) =>
    `Não foi possível abandonar os privilégios de root${uid === null ? '' : ` em favor do usuário ${uid}`}.`,
  'root-not-nobody': () => 'Não foi possível abandonar os privilégios de root em favor do usuário nobody.',
};

export const NOTES: Sentences<typeof CAPTURING_NOTES> = {
  skipped: ({ source, why }, said) => `${source} foi deixado de lado: ${said(why)}`,
  'losses-halved': ({ program }) =>
    program === null
      ? 'este kernel conta em dobro cada pacote da loopback: as perdas são divididas por dois'
      : `o kernel conta em dobro cada pacote da loopback para o ${program}: as perdas são divididas por dois`,
  'direction-ignored': () => 'na loopback o sentido não se aplica: todos os pacotes são capturados',
  'capabilities-kept': () => 'as capabilities são mantidas: falta koffi para abandoná-las',
  'root-kept-from-user': ({ uid }) => `root é mantido: tcpdump não consegue passar ao usuário ${uid}`,
  'root-kept-without-setpriv': () =>
    'root é mantido: não há setpriv para executar dumpcap com menos privilégios',
  'losses-unknown': () => 'perdas desconhecidas: cap não as informa, e falta koffi para perguntar',
  'no-kernel-times': () => 'cap não dá timestamps do kernel: os horários são os da chegada a este programa',
  'dumpcap-late': () => 'dumpcap entrega pacotes com até 0,25 s de atraso e informa as perdas no fim',
};

export const ADVISED: Sentences<typeof ADVICE> = {
  'install-npcap': () =>
    `Instale o Npcap e, se ele for restrito a administradores, use um terminal de administrador ${UNTRIED}.`,
  'give-container-right': () => `Inicie o contêiner com --cap-add NET_RAW ${UNTRIED}.`,
  'root-without-right': () => 'Este root não tem a capability CAP_NET_RAW: execute onde root a tenha.',
  'run-as-root': ({ command, kept, untried }) => {
    const given = kept ? '' : ' (os privilégios são abandonados assim que a interface é aberta)';
    return `Execute como root${given}:\n  ${command}${untried ? ` ${UNTRIED}` : ''}`;
  },
  'install-chmodbpf': () =>
    `Ou em definitivo: brew install --cask wireshark-chmodbpf, e entre de novo na sessão ${UNTRIED}.`,
  'join-group': ({ commands, asks }) =>
    [
      `Ou em definitivo, com dumpcap (${asks ? 'responda sim e' : 'depois'} entre de novo na sessão):`,
      ...commands,
    ].join('\n  '),
  install: ({ command, untried }) => `Instale-o: ${command}${untried ? ` ${UNTRIED}` : ''}`,
  'install-on': ({ commands }) => ['Instale-o:', ...commands].join('\n  '),
  'build-cap': () => 'Compile-o: npm rebuild cap',
  'built-here': ({ advice }, said) => `Ele é compilado nesta máquina. ${said(advice)}`,
  'brought-along': ({ system }) => `${system} já o traz, ou não tem pacote dele.`,
};

/** What the programs `synfin tcp server|client` and `synfin udp server|client` print. */
import type {
  networkFailures as englishFailures,
  demoPrograms as englishPrograms,
  NetworkDoing,
  NetworkFailure,
} from '../en/demo-programs.js';
import { agreeing } from './noun-forms.js';
import { decimalText } from './quantities.js';

export type { NetworkDoing, NetworkFailure } from '../en/demo-programs.js';

const DOING: Readonly<Record<NetworkDoing, string>> = {
  listen: 'não foi possível escutar',
  connect: 'não foi possível conectar',
  send: 'não foi possível enviar',
};

export const demoPrograms: typeof englishPrograms = {
  // TCP server
  listening: (where) => `Escutando em TCP ${where}. Ctrl-C encerra.`,
  connected: (who) => `${who} conectou-se.`,
  closingFirst: (who, messages) =>
    `Encerrando ${who} primeiro, após ${messages} ${agreeing(messages, 'mensagem', 'mensagens')}.`,
  closedItsSide: (who) => `${who} encerrou o seu sentido.`,
  reset: (who) => `${who} abortou a conexão (RST).`,
  disconnected: (who) => `${who} desconectou-se.`,
  serverLine: (count) => `linha ${count} do servidor`,
  // TCP client
  connectedTo: (to, from) => `Conectado a TCP ${to} a partir de ${from}.`,
  typeLines: () => 'Digite uma linha e tecle Enter para enviar; Ctrl-D encerra.',
  connectionClosed: () => 'Conexão encerrada.',
  serverClosedFirst: () => 'O servidor encerrou o seu sentido primeiro; este lado encerra também.',
  noAnswerWithin: (seconds) => `Sem resposta em ${decimal(seconds)} s.`,
  // UDP server
  waiting: (where) => `À espera de datagramas em UDP ${where}. Ctrl-C encerra.`,
  emptyDatagram: () => '(datagrama vazio)',
  // UDP client
  linesGoTo: (to) => `Cada linha digitada vai para UDP ${to} como um datagrama; Ctrl-D encerra.`,
  tooLong: (bytes) => `Não enviado: ${bytes} bytes são mais do que cabe em um datagrama.`,
  fromAfter: (from, milliseconds) => `(de ${from}, após ${decimalText(milliseconds, 1)} ms)`,
  fromUnasked: (from) => `(de ${from}, não repete nada do que foi enviado daqui)`,
  score: (sent, answered, open) =>
    `${sent} ${agreeing(sent, 'enviado', 'enviados')}, ${answered} ${agreeing(answered, 'respondido', 'respondidos')}, ${open} sem resposta.`,
  noAnswerTo: (seconds, number, text) =>
    `sem resposta em ${decimal(seconds)} s: datagrama ${number}, ${text}`,
  noAnswerMore: (count) => `sem resposta: mais ${count}.`,
  cameUnasked: (count) =>
    agreeing(
      count,
      `Chegou ${count} que não repete nada do que foi enviado daqui.`,
      `Chegaram ${count} que não repetem nada do que foi enviado daqui.`,
    ),
  unreachableCame: (where) =>
    `Chegou ICMP de porta inalcançável: nenhum socket recebe datagramas em UDP ${where}, ou um firewall respondeu assim.`,
};

export const networkFailures: typeof englishFailures = {
  ECONNREFUSED: ({ protocol, host, port, where }) => [
    `${protocol} ${where} recusou: ninguém escuta ali, ou um firewall recusa.`,
    `Inicie o servidor primeiro: synfin ${protocol.toLowerCase()} server --host ${host} --port ${port}`,
  ],
  EADDRINUSE: ({ protocol, where }) => [
    `${protocol} ${where} está em uso por outro programa.`,
    'Encerre esse programa, ou use outra porta com --port (0 usa qualquer porta livre).',
  ],
  EACCES: ({ doing, protocol, port, where }) =>
    doing === 'listen'
      ? [
          `Sem permissão para escutar em ${protocol} ${where}.`,
          port < 1024
            ? 'Portas abaixo de 1024 são do root: use uma mais alta com --port, ou sudo.'
            : 'Uma política de segurança desta máquina proíbe: use outra porta com --port.',
        ]
      : [
          `Sem permissão para enviar a ${protocol} ${where}.`,
          'É um endereço de broadcast, ou um firewall desta máquina proíbe: escolha outro com --host.',
        ],
  EPERM: ({ protocol, where }) => [
    `Sem permissão para usar ${protocol} ${where}.`,
    'Um firewall ou uma política de segurança desta máquina proíbe.',
  ],
  ENOTFOUND: ({ host }) => [
    `O nome ${JSON.stringify(host)} não foi encontrado.`,
    'Confira a grafia de --host (ou HOST), ou informe um endereço.',
  ],
  EAI_AGAIN: ({ host }) => [
    `Não foi possível consultar o nome ${JSON.stringify(host)}: nenhum servidor de nomes respondeu.`,
    'Verifique a rede, ou informe um endereço com --host.',
  ],
  ENETUNREACH: ({ where }) => [
    `A rede de ${where} é inalcançável: esta máquina não tem rota até ela.`,
    'Verifique a conexão de rede (ip route), ou escolha outro endereço com --host.',
  ],
  EHOSTUNREACH: ({ where }) => [
    `O host de ${where} é inalcançável.`,
    'Verifique se ele está ligado e se não há firewall no caminho, ou escolha outro endereço com --host.',
  ],
  EADDRNOTAVAIL: ({ doing, where }) =>
    doing === 'listen'
      ? [
          `${where} não é um endereço desta máquina.`,
          'Informe um endereço dela com --host (ip address os lista), ou 0.0.0.0 para todos.',
        ]
      : [
          `${where} é inalcançável: esta máquina não tem endereço ou porta livre para chegar até lá.`,
          'Verifique se ela tem um endereço desse tipo (IPv4 ou IPv6), ou escolha outro com --host.',
        ],
  EAFNOSUPPORT: ({ where }) => [
    `Esta máquina não usa o tipo de endereço de ${where}.`,
    'Informe um endereço do outro tipo (IPv4 ou IPv6) com --host.',
  ],
  EINVAL: ({ where }) => [
    `${where} não pode ser usado assim.`,
    'Um endereço IPv6 de link local precisa da interface, p. ex. --host fe80::1%eth0',
  ],
  ETIMEDOUT: ({ where }) => [
    `${where} não respondeu a tempo.`,
    'Verifique o endereço e se nenhum firewall descarta os pacotes no caminho.',
  ],
  ECONNRESET: ({ where }) => [
    `${where} abortou a conexão (RST).`,
    'Veja o motivo nas mensagens do outro lado.',
  ],
  EPIPE: ({ where }) => [`${where} não recebe mais dados: a conexão está encerrada.`, null],
  EMSGSIZE: () => [
    'A linha é longa demais para um datagrama.',
    'O UDP leva no máximo 65.507 bytes de dados sobre IPv4: envie uma linha mais curta.',
  ],
};

/** An error that has no sentence of its own. */
export function otherFailure({ protocol, doing, where }: NetworkFailure, error: string): string {
  return `${protocol} ${where}: ${DOING[doing]} (${error}).`;
}

function decimal(n: number): string {
  return String(n).replace('.', ',');
}

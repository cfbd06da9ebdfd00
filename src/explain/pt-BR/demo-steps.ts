/** Why a program of `synfin demo` does what it does, or what that puts on the wire: next to its line of code. */
import type { DemoRole, demoSteps as english } from '../en/demo-steps.js';
import { agreeing } from './noun-forms.js';

export type { DemoRole } from '../en/demo-steps.js';

/** Whose step it is. */
export const DEMO_ROLES: Record<DemoRole, string> = {
  client: 'cliente',
  server: 'servidor',
  both: 'ambos',
  all: 'todos',
  network: 'rede',
  system: 'sistema',
};

export const demoSteps: typeof english = {
  // opening
  connects: () => 'pede uma conexão: SYN',
  connectsFrom: (port) => `da porta ${port}: SYN`,
  connectsAgainFrom: (port) => `de novo da porta ${port}: SYN`,
  savesSyn: () => 'espera dados que vão com o SYN',
  sendsWithSyn: () => 'SYN com cookie e dados',
  clientOpen: (port) => `aberta, porta ${port}: SYN ACK, ACK`,
  serverOpen: () => 'o ACK chegou: aberta aqui também',
  openBeforeAck: () => 'aberta sem esperar o ACK',
  crossed: () => 'aberta: cada SYN encontrou um SYN',
  secondAnswered: () => 'aberta: o segundo SYN foi respondido',
  accepts: () => 'aceita a conexão: aberta aqui',
  refused: () => 'ECONNREFUSED: chegou um RST',
  queueFull: (backlog) => `ocupado: a fila está cheia (backlog ${backlog})`,
  emptiesQueue: () => 'livre de novo: esvazia a fila',
  systemRepeatsSyn: () => 'espera; o sistema repete o SYN',
  givesUp: () => 'desiste, o que não envia nada',
  serversMay: () => 'servidores podem aceitar dados com o SYN',
  clientsMay: () => 'clientes podem enviar dados com o SYN',
  slowNetwork: (milliseconds) => `lenta: cada SYN leva ${milliseconds} ms`,
  // data
  sends: (bytes) => `${amount(bytes)}: PSH ACK`,
  sendsBack: (bytes) => `devolve os ${amount(bytes)}`,
  line: (bytes, text) => `${amount(bytes)}: "${text}"`,
  allCame: (bytes) => `chegaram todos os ${bytes}`,
  works: () => 'trabalha; o sistema já enviou o ACK',
  readsNothing: () => 'não lê nada: a janela se fecha',
  readsAgain: () => 'volta a ler: a janela se abre',
  moreThanRoom: () => 'mais do que cabe no servidor',
  asMuchAsWindow: () => 'de cada vez, o que cabe na janela',
  segments: (count, bytes) => `${count} segmentos de até ${bytes} bytes`,
  losesSixth: () => 'o sexto segmento cheio se perde',
  probesAfter: (seconds) => `após ${String(seconds).replace('.', ',')} s de silêncio: uma sonda`,
  saysNothing: () => 'não diz nada; o sistema envia sondas',
  // closing
  finishes: () => 'não envia mais: FIN',
  finCame: () => 'chegou o FIN do outro lado',
  bothDone: () => 'os dois programas terminaram',
  aborts: () => 'aborta a conexão: RST',
  closesUnread: () => 'fecha com dados não lidos: RST',
  closesBoth: () => 'fecha os dois sentidos: FIN; ninguém lê o que chegar agora',
  answeredByRst: (bytes) => `${amount(bytes)}, que um RST responde`,
  staysHere: () => 'fica aqui: aquele RST chegou',
  resetCame: () => 'ECONNRESET: chegou um RST',
  pipeBroken: () => 'EPIPE: nada é enviado depois de um RST',
  // datagrams
  datagram: () => 'um datagrama',
  datagramTo: (address) => `um datagrama para ${address}`,
  fragments: (mtu, count) => `MTU ${mtu}: em ${count} fragmentos`,
  datagramCame: (text) => `"${text}"`,
  datagramFrom: (text, port) => `"${text}", da porta ${port}`,
  bytesCame: (bytes) => amount(bytes),
  bytesFrom: (bytes, port) => `${amount(bytes)}, da porta ${port}`,
  sendsItBack: () => 'devolve o datagrama',
  sendsToAll: (count) => `envia aos ${count} que conhece`,
  unreachable: () => 'ECONNREFUSED: chegou ICMP de porta inalcançável',
  notCome: (missing, count) =>
    `${agreeing(missing, 'não chegou', 'não chegaram')} ${missing} de ${count} respostas`,
  smallBuffer: () => 'cabem poucos datagramas',
  allBefore: () => 'todos antes que o servidor tenha a vez',
  cameAndSentBack: (count) => `${agreeing(count, 'chegou', 'chegaram')} ${count}; cada um é devolvido`,
  lost: (count) =>
    `${agreeing(count, 'não chegou', 'não chegaram')} ${count} ${agreeing(count, 'resposta: perdida', 'respostas: perdidas')}`,
  joinsGroup: () => 'recebe o que vai para o grupo',
  address: (address) => `endereço ${address}`,
  aimsAtGroups: () => 'envia a grupos pela loopback',
  mayBroadcast: () => 'senão o sistema se recusa a enviar',
  answersSender: () => 'responde só a quem enviou',
  onlyAnswers: (count) =>
    `${agreeing(count, 'chegou só', 'chegaram só')} ${count} ${agreeing(count, 'resposta', 'respostas')}`,
};

function amount(bytes: number): string {
  return `${bytes} ${agreeing(bytes, 'byte', 'bytes')}`;
}

/** The scenarios of `synfin demo`: the title of each, and what one will see, in one sentence. */
import type { ScenarioText } from '../en/demo-scenarios.js';
import type { ScenarioName } from '../terms/scenarios.js';

export type { ScenarioText } from '../en/demo-scenarios.js';

export const DEMO_SCENARIOS: Readonly<Record<ScenarioName, ScenarioText>> = {
  simple: {
    title: 'Uma mensagem e seu eco; o cliente encerra primeiro',
    expect:
      'Onze pacotes: abertura em três vias, uma mensagem em cada sentido, encerramento em quatro etapas.',
  },
  'three-step': {
    title: 'O servidor encerra assim que o cliente encerra',
    expect: 'O encerramento leva três pacotes: o segundo FIN traz a confirmação do primeiro.',
  },
  'server-first': {
    title: 'O servidor encerra primeiro',
    expect: 'O primeiro FIN é do servidor, que por isso termina em TIME-WAIT.',
  },
  'half-close': {
    title: 'O cliente já disse tudo; o servidor continua',
    expect: 'Depois do FIN do cliente, o servidor envia mais três mensagens e só então o seu FIN.',
  },
  refused: {
    title: 'Ninguém escuta na porta',
    expect: 'Dois pacotes: o SYN e o RST que o recusa.',
  },
  reset: {
    title: 'O cliente aborta a conexão',
    expect: 'A conexão termina com um RST do cliente, em vez de FINs.',
  },
  unread: {
    title: 'O servidor fecha sem ter lido',
    expect: 'A conexão termina com um RST do servidor, porque havia dados não lidos.',
  },
  duplex: {
    title: 'Os dois lados falam ao mesmo tempo',
    expect: 'Cada lado envia quatro mensagens, e as confirmações vão junto com os dados.',
  },
  many: {
    title: 'Três clientes de uma vez',
    expect:
      'Três conexões com uma só porta do servidor, abertas ao mesmo tempo; a porta do cliente as distingue.',
  },
  ipv6: {
    title: 'O mesmo sobre IPv6',
    expect: 'Onze pacotes como em "simple", entre endereços IPv6: o TCP é o mesmo sobre os dois.',
  },
  'no-answer': {
    title: 'Ninguém responde, e o cliente desiste',
    expect: 'Só SYNs: a fila do servidor está cheia, e o sistema dele os descarta.',
  },
  'syn-retry': {
    title: 'O primeiro SYN é descartado; o segundo, respondido',
    expect: 'A abertura leva um segundo: a fila do servidor estava cheia quando o primeiro SYN chegou.',
  },
  'simultaneous-open': {
    title: 'Os dois lados abrem ao mesmo tempo (root)',
    expect: 'Um SYN de cada lado, que se cruzam no caminho, e uma só conexão.',
  },
  'fast-open': {
    title: 'Dados no SYN: TCP Fast Open (root)',
    expect: 'O primeiro SYN pede um cookie; com ele, o segundo leva dados, que o servidor lê na hora.',
  },
  'slow-server': {
    title: 'O servidor leva 400 ms para responder',
    expect: 'O handshake é rápido, e a confirmação também: o tempo passa no programa do servidor.',
  },
  'keep-alive': {
    title: 'Silêncio, em que o sistema pede um sinal de vida',
    expect: 'A cada segundo de silêncio, uma sonda do cliente, que o servidor responde; sem dados.',
  },
  'zero-window': {
    title: 'O servidor não lê, e o cliente tem de esperar',
    expect: 'A janela encolhe até 0; o cliente a sonda até que o servidor leia e ela se abra.',
  },
  large: {
    title: 'Dois megabytes de uma vez',
    expect: 'A janela passa de 64 kB, o que só cabe no seu campo de 16 bits por meio da escala da janela.',
  },
  loss: {
    title: 'Um segmento se perde no caminho e é retransmitido (root)',
    expect:
      'Cada segmento depois dele provoca de novo a mesma confirmação; assim o emissor percebe que falta um.',
  },
  'write-after-close': {
    title: 'O cliente escreve depois que o servidor fechou',
    expect:
      'O servidor fecha os dois sentidos; por isso os dados seguintes do cliente são respondidos com RST.',
  },
  'port-reuse': {
    title: 'Nova conexão a partir da porta de uma em TIME-WAIT',
    expect:
      'O servidor encerra primeiro e espera em TIME-WAIT; um SYN com as mesmas portas põe fim à espera.',
  },
  'udp-simple': {
    title: 'Três datagramas, cada um respondido',
    expect: 'Seis datagramas e nada mais: sem handshake, sem encerramento.',
  },
  unanswered: {
    title: 'Ninguém responde',
    expect: 'Três datagramas num só sentido; não dá para ver se foram lidos.',
  },
  'one-to-many': {
    title: 'Um diz, todos recebem',
    expect: 'O servidor repassa cada datagrama a todos os clientes que já conhece.',
  },
  'port-unreachable': {
    title: 'Ninguém escuta na porta',
    expect: 'A resposta ao datagrama é ICMP: porta inalcançável.',
  },
  question: {
    title: 'Uma pergunta e sua resposta, como no DNS',
    expect: 'Dois datagramas; o tempo entre eles é o que o servidor levou.',
  },
  lost: {
    title: 'De muitos datagramas, alguns se perdem: leitura tardia',
    expect: 'Todos passam pela rede, mas só os que couberam no buffer de recepção são respondidos.',
  },
  fragments: {
    title: 'Um datagrama maior que a MTU (root)',
    expect: 'Cada datagrama de 4000 bytes viaja em três fragmentos IP; o UDP vê um só.',
  },
  multicast: {
    title: 'A um grupo: quem entrou nele recebe',
    expect: 'Um datagrama para 239.7.7.7, e uma resposta de cada um dos dois que entraram no grupo.',
  },
  broadcast: {
    title: 'A toda a rede',
    expect: 'Um datagrama para 255.255.255.255, e uma resposta de cada um dos dois que escutam ali.',
  },
};

/** Findings of whole connections, as terms. */
import type { TermText } from '../terms/names.js';

export const connectionTexts = {
  'roles-guessed': {
    title: 'nenhum SYN capturado: quem é o cliente é suposição',
    what: 'O lado com a porta mais provável de um serviço, ou então o que apareceu em segundo lugar, é tomado por servidor.',
    why: 'Só um SYN ou SYN-ACK diz. Se a suposição estiver errada, troque cliente e servidor ao ler.',
  },
  'fast-open-data': {
    title: 'dados com o SYN foram aceitos',
    what: 'O SYN-ACK confirma o SYN e os dados dele, ou parte deles.',
    why: 'Poupou-se uma ida e volta. O que não foi confirmado é enviado de novo depois do handshake.',
  },
  'fast-open-ignored': {
    title: 'dados com o SYN não foram aceitos',
    what: 'O SYN-ACK confirma só o SYN, ou nada respondeu. Os dados são enviados de novo depois do handshake.',
    why: 'O cookie já não vale, o servidor não oferece Fast Open, ou algo no caminho retirou a opção.',
  },
  'fast-open-cookie': {
    title: 'o servidor deu um cookie de Fast Open',
    what: 'O SYN pediu um, e o SYN-ACK o traz.',
    why: 'A próxima conexão com este servidor pode enviar dados com o SYN.',
  },
  'syn-data': {
    title: 'dados com um SYN sem cookie de Fast Open',
    what: 'O TCP permite. O receptor pode guardar os dados, mas só os entrega ao programa depois do handshake.',
    why: 'Poucos sistemas os enviam: um teste, uma varredura, ou um TCP incomum.',
  },
  'self-connect': {
    title: 'um socket conectado a si mesmo',
    what: 'Os dois lados têm o mesmo endereço e a mesma porta: o SYN encontrou o próprio socket. Abre-se como uma abertura simultânea.',
    why: 'Um cliente que tenta uma porta local na faixa dos clientes pode receber essa mesma porta. Deixe os servidores escutarem fora dessa faixa.',
  },
  'one-direction': {
    title: 'só um sentido foi capturado',
    what: 'Só há segmentos de um lado, embora as confirmações deles mostrem que o outro envia.',
    why: 'A ida e a volta seguem caminhos diferentes, ou o filtro ou a porta espelhada deixa uma de fora. O que o outro lado fez é dedução.',
  },
  'multipath-agreed': {
    title: 'primeiro subfluxo de uma conexão Multipath TCP',
    what: 'Os dois lados enviaram MP_CAPABLE.',
    why: 'Outros subfluxos podem se juntar a partir de outros endereços; os dados deles são da mesma conexão.',
  },
  'multipath-join': {
    title: 'mais um subfluxo de uma conexão Multipath TCP',
    what: 'O SYN tem MP_JOIN: junta-se a uma conexão que já existe.',
    why: 'Sozinhos, os bytes dele dizem pouco: leia-o junto com o primeiro subfluxo.',
  },
  'multipath-declined': {
    title: 'Multipath TCP oferecido só pelo cliente',
    what: 'O SYN tem MP_CAPABLE, o SYN-ACK não: segue como TCP comum.',
    why: 'O servidor não o conhece ou não o quer, ou algo no caminho retirou a opção.',
  },
  'multipath-tcp': {
    title: 'há opções de Multipath TCP',
    what: 'Os segmentos têm a opção, e o começo não foi capturado.',
    why: 'Pode ser um de vários subfluxos.',
  },
  'split-handshake': {
    title: 'o servidor respondeu ao SYN com um SYN próprio',
    what: 'Handshake dividido: em vez de um SYN-ACK veio um SYN sem ACK, a que o cliente respondeu com SYN-ACK. A conexão se abre mesmo assim.',
    why: 'Permitido pelas regras da abertura simultânea; nenhum servidor comum faz isso. Pode confundir firewalls sobre quem abriu.',
  },
  'options-cut': {
    title: 'o snaplen cortou opções do seu SYN',
    what: 'A captura guardou menos bytes do pacote do que o cabeçalho tem. O que foi cortado pode ter sido oferecido.',
    why: 'Capture com um snaplen maior (tcpdump -s 0).',
  },
  'checksum-wrong': {
    title: 'checksums errados de um lado cujos outros estão certos',
    what: 'O segmento foi danificado, ou escrito por um programa defeituoso. O receptor o descarta, e ele é retransmitido.',
    why: 'Muitos: um cabo, uma placa ou um equipamento defeituoso no caminho.',
  },
  'addresses-rewritten': {
    title: 'todos os checksums estão errados pela mesma diferença',
    what: 'Endereços ou portas foram trocados nos pacotes, e os checksums não.',
    why: 'Típico de capturas anonimizadas. Nada diz sobre a rede.',
  },
  'path-mtu-ignored': {
    title: 'segmentos grandes demais repetidos apesar de um erro ICMP',
    what: 'Um roteador avisou que os pacotes são grandes demais, e o emissor repete o mesmo tamanho.',
    why: 'O erro não chega ao emissor (firewall), ou ele o ignora. Deixe passar ICMP tipo 3 código 4 e ICMPv6 tipo 2, ou reduza o MSS.',
  },
  'path-mtu-obeyed': {
    title: 'segmentos menores depois de um erro ICMP que informa a MTU',
    what: 'A descoberta da MTU do caminho em ação.',
    why: 'Nada a fazer; custou uma ida e volta.',
  },
  'path-mtu-black-hole': {
    title: 'segmentos grandes se perdem, pequenos passam',
    what: 'Segmentos cheios são repetidos sem ACK, enquanto outros menores passam, e não se viu erro ICMP.',
    why: 'Um enlace de MTU menor cujos erros ICMP são descartados, muitas vezes um túnel. Deixe-os passar, ou reduza o MSS no túnel.',
  },
  'checksum-offload': {
    title: 'checksums ainda não preenchidos na captura',
    what: 'No sistema que envia, os pacotes são capturados antes de a placa de rede calcular a soma; na loopback ela nunca é calculada.',
    why: 'Normal, não é dano. Capture no receptor para ver as somas finais.',
  },
  'segmentation-offload': {
    title: 'segmentos maiores que o MSS',
    what: 'O sistema lida com segmentos maiores que os da rede: são cortados depois do ponto de captura (TSO, GSO), ou foram unidos antes dele (GRO, LRO).',
    why: 'Normal. O número de pacotes e o tamanho deles não são, então, os da rede.',
  },
  'fin-scan': {
    title: 'FIN sem conexão',
    what: 'Um FIN, sem ACK, de uma conexão de que nada mais se viu.',
    why: 'Uma varredura que tenta passar por filtros. Um segmento atrasado teria ACK.',
  },
  'null-scan': {
    title: 'um segmento sem nenhuma flag',
    what: 'Nenhuma das flags está ligada, o que nenhum TCP envia.',
    why: 'Uma varredura, ou um programa defeituoso.',
  },
  'xmas-scan': {
    title: 'FIN, PSH e URG sem conexão',
    what: 'Essas três flags em um segmento de que não se viu conexão.',
    why: 'Uma varredura.',
  },
  unanswered: {
    title: 'o outro lado ficou em silêncio além do temporizador',
    what: 'Segmentos foram repetidos várias vezes, e nada voltou. O achado diz quando o outro lado foi visto pela última vez.',
    why: 'O outro lado sumiu, ou o caminho até ele ou de volta. Se continuar, desiste-se da conexão depois de minutos.',
  },
  'zero-window-stall': {
    title: 'a janela segue fechada: as sondas ficam sem resposta, ou as respostas o dizem',
    what: 'O emissor espera espaço até o fim da captura.',
    why: 'Se as sondas são respondidas, o programa de lá não lê. Se nenhuma é, o outro lado sumiu, ou limita suas respostas.',
  },
  'window-scale-too-large': {
    title: 'uma escala da janela maior que 14',
    what: '14 é o máximo; uma escala maior vale como 14.',
    why: 'Um TCP defeituoso, ou um SYN inventado.',
  },
  'window-scale-unknown': {
    title: 'o handshake não foi capturado',
    what: 'A escala só está nos SYNs; sem eles, não se conhece o tamanho das janelas.',
    why: 'Não leia janela 64 como 64 bytes. Capture a partir do SYN.',
  },
  'several-resets': {
    title: 'mais de um RST',
    what: 'Comum quando há vários segmentos em trânsito: cada um é respondido com RST.',
    why: 'Veja o primeiro; os outros decorrem dele.',
  },
  idle: {
    title: 'nada por mais de um minuto, e ainda aberta',
    what: 'Nenhum segmento veio até o fim da captura.',
    why: 'Normal em conexões mantidas. Firewalls e NATs podem esquecê-la; keep-alives evitam isso.',
  },
  'icmp-error': {
    title: 'foi respondida com um erro ICMP',
    what: 'Um roteador, um host ou um firewall avisa que um pacote não foi entregue. O achado traz o tipo e o código.',
    why: 'Durante a abertura, em geral a conexão falha com ele; uma já aberta segue depois da maioria desses erros.',
  },
  'handshake-data': {
    title: 'o segmento que completa o handshake traz dados',
    what: 'O terceiro segmento leva junto o ACK do SYN-ACK e os primeiros bytes.',
    why: 'Permitido, e poupa um segmento. Visto com TCP_DEFER_ACCEPT, Fast Open, ou quando o ACK sem dados se perdeu.',
  },
  'fin-with-data': {
    title: 'o primeiro FIN traz dados',
    what: 'Os últimos bytes e o FIN em um só segmento; o FIN ocupa o número depois dos dados.',
    why: 'Normal: o programa enviou e logo fechou o socket.',
  },
  'both-reset': {
    title: 'dois RSTs se cruzaram',
    what: 'Cada lado enviou um RST antes de receber o do outro.',
    why: 'Os dois desistiram, ou algo no caminho enviou RST aos dois.',
  },
  'rst-lost': {
    title: 'o lado a que um RST foi enviado segue em frente',
    what: 'Ele envia como se não tivesse recebido o RST: este se perdeu depois do ponto de captura, ou é ignorado em TIME-WAIT.',
    why: 'O próximo segmento dele será respondido com RST de novo.',
  },
  'rst-refuted': {
    title: 'os dois lados seguem depois de um RST',
    what: 'O suposto emissor do RST continua a enviar, e é respondido.',
    why: 'O RST foi forjado, ou não chegou. Capturas nos dois lados dizem quem o enviou.',
  },
  'two-syn-acks': {
    title: 'dois SYN-ACKs de números diferentes respondem a um SYN',
    what: 'Dois hosts respondem por este endereço, ou um que não guarda estado.',
    why: 'Compare TTL e endereço MAC dos dois: endereço duplicado, balanceador de carga, ou um equipamento que responde em nome do servidor.',
  },
  'fin-lost': {
    title: 'o outro lado segue sem confirmar um FIN',
    what: 'O FIN passou por aqui, e depois o outro lado mostra que não o tem.',
    why: 'Perdeu-se daqui até o receptor, ou atrasou. Será repetido.',
  },
  'close-not-captured': {
    title: 'suas portas foram usadas de novo: ela acabara, e o fim não foi capturado',
    what: 'Nenhum FIN ou RST dos dois lados foi capturado, e depois um SYN abriu uma nova conexão entre as mesmas portas.',
    why: 'A captura perdeu o encerramento, ou ele passou por outro lugar; ou um lado esqueceu a conexão, como após reiniciar.',
  },
  'refused-before': {
    title: 'um SYN anterior foi recusado; o repetido, não',
    what: 'Um RST respondeu ao primeiro SYN, e a mesma conexão se abriu ou seguiu depois.',
    why: 'O servidor acabara de entrar no ar, ou um firewall ou balanceador ora responde de um jeito, ora de outro.',
  },
  'third-lost': {
    title: 'o SYN-ACK foi repetido, embora já confirmado',
    what: 'O ACK que completa o handshake passou por aqui, e o servidor pergunta de novo.',
    why: 'Ele se perdeu depois deste ponto, foi descartado com a fila de accept cheia, ou o servidor espera dados antes (TCP_DEFER_ACCEPT).',
  },
  'duplicated-by-network': {
    title: 'a rede entregou um segmento duas vezes',
    what: 'Duas cópias de um pacote, e o receptor avisa das duas (DSACK).',
    why: 'Um laço, um equipamento defeituoso, ou dois caminhos espelhados. Raro.',
  },
  'old-duplicate-syn': {
    title: 'um SYN antigo cuja resposta foi recusada',
    what: 'Um SYN de uma tentativa anterior chegou atrasado. O servidor respondeu; o cliente viu o número errado e enviou RST.',
    why: 'É para isso que serve o terceiro segmento do handshake. A conexão certa se abre em seguida.',
  },
  'translated-twin': {
    title: 'a mesma conexão do outro lado de uma tradução de endereços',
    what: 'A captura tem os dois lados de um NAT: dois pares de endereços, os mesmos números.',
    why: 'Conta uma vez. A comparação mostra o que o NAT ou a rede atrás dele faz.',
  },
  'not-translated': {
    title: 'um segmento cujo endereço não foi traduzido',
    what: 'Tem os números de uma conexão que passa por um NAT, com o endereço que deveria ter sido trocado.',
    why: 'O NAT já havia esquecido a conexão, em geral no fim dela.',
  },
  'drops-weaken': {
    title: 'pacotes perdidos na captura põem o veredito em dúvida',
    what: 'A captura informa perdas; "não visto" pode ser "não capturado".',
    why: 'Capture menos (um filtro, um snaplen menor) ou com um buffer maior.',
  },
} as const satisfies Readonly<Record<string, TermText>>;

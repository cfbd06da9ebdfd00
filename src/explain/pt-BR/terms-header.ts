/** States, flags and header fields, as terms. Options are in terms-options.ts. */
import type { TermTexts } from '../terms/names.js';

export const stateTexts: TermTexts['state'] = {
  unseen: {
    title: 'deste lado ainda não se viu nada',
    what: 'Palavra do synfin, não um estado do TCP: nenhum pacote capturado diz em que estado este lado está.',
    why: 'A captura começou tarde, só tem um sentido, ou o lado ainda não enviou nada. Melhor não saber do que supor.',
  },
  CLOSED: {
    title: 'não há conexão',
    what: 'O lado não guarda nada da conexão: ela não começou, acabou, ou foi abortada por RST.',
    why: 'Um segmento que chega para nenhuma conexão é respondido com RST, a menos que ele mesmo seja um RST.',
  },
  LISTEN: {
    title: 'o servidor espera um SYN',
    what: 'Um programa chamou listen(). Um SYN é respondido com SYN-ACK; a conexão que ele inicia tem estado próprio, SYN-RECEIVED, e o socket continua em escuta.',
    why: 'Quem escuta não envia nada; só o SYN-ACK mostra que escutava.',
  },
  'SYN-SENT': {
    title: 'o cliente enviou SYN e espera a resposta',
    what: 'O lado chamou connect() e enviou o SYN. Um SYN-ACK que o confirme leva a ESTABLISHED; um RST que o confirme, a CLOSED.',
    why: 'Se nada vem, o SYN é repetido: após cerca de 1 s, depois a intervalos maiores. Muitas conexões paradas aqui sugerem um firewall ou um host desligado.',
  },
  'SYN-RECEIVED': {
    title: 'o servidor respondeu ao SYN e espera o ACK',
    what: 'O lado recebeu um SYN e enviou o seu com o ACK dele. Um ACK desse SYN leva a ESTABLISHED; até lá o SYN-ACK é repetido algumas vezes.',
    why: 'Muitas paradas aqui: inundação de SYN, varredura, ou ACKs que se perdem. O Linux mostra SYN-RECV; alguns dizem half-open, que na RFC é outra coisa.',
  },
  ESTABLISHED: {
    title: 'aberta: pode haver dados nos dois sentidos',
    what: 'O SYN deste lado foi confirmado, e ele tem o SYN do outro. O cliente chega aqui um segmento antes do servidor. Dados não mudam o estado.',
    why: 'Dura até alguém encerrar ou enviar RST. Sem tráfego fica assim indefinidamente, mesmo que o outro lado tenha sumido: o TCP só pergunta com keep-alives, que o programa precisa ativar.',
  },
  'FIN-WAIT-1': {
    title: 'enviou FIN, que ainda não foi confirmado',
    what: 'Este lado não tem mais nada a enviar. O ACK do FIN leva a FIN-WAIT-2; um FIN do outro lado, a CLOSING, ou a TIME-WAIT se o ACK vier junto.',
    why: 'Se o ACK não vem, o FIN é repetido. Muitas paradas aqui: o outro lado sumiu, ou está com a janela fechada.',
  },
  'FIN-WAIT-2': {
    title: 'seu FIN foi confirmado; espera o FIN do outro lado',
    what: 'Este lado encerrou o seu sentido; o outro, ainda não. Dados ainda podem vir; o FIN do outro lado leva a TIME-WAIT.',
    why: 'A RFC não fixa prazo. O Linux o termina após tcp_fin_timeout (60 s) quando nenhum programa tem mais o socket. Esse ajuste não muda TIME-WAIT.',
  },
  'CLOSE-WAIT': {
    title: 'o outro lado terminou; o programa local não fechou o socket',
    what: 'O FIN do outro lado chegou e foi confirmado. Este lado ainda pode enviar, até o programa fechar o socket; então envia o seu FIN e passa a LAST-ACK.',
    why: 'Nenhum temporizador do TCP o termina. Muitas paradas aqui indicam uma falha do programa local: ele não fecha seus sockets.',
  },
  CLOSING: {
    title: 'os FINs se cruzaram; falta o ACK do seu',
    what: 'O lado enviou FIN e depois recebeu um FIN que não confirma o dele. Com o ACK do seu FIN, passa a TIME-WAIT.',
    why: 'Aparece quando os dois lados encerram ao mesmo tempo: raro, e por uma ida e volta no máximo, se nada se perde.',
  },
  'LAST-ACK': {
    title: 'encerrou por último e espera o ACK do seu FIN',
    what: 'O FIN do outro lado veio primeiro, e agora este lado enviou o seu. Com o ACK dele, passa a CLOSED.',
    why: 'Se o ACK se perde, o FIN é repetido, e o outro lado, em TIME-WAIT, repete o ACK.',
  },
  'TIME-WAIT': {
    title: 'tudo foi confirmado; espera antes de esquecer',
    what: 'O lado que enviou o primeiro FIN fica um tempo depois do último ACK; se os FINs se cruzam, os dois. 4 minutos pela RFC (2 MSL), 60 s no Linux, a menos que uma nova conexão ou um RST o termine antes.',
    why: 'Para repetir o último ACK se o FIN voltar, e para que segmentos antigos expirem. É um bom final, não um vazamento. SO_REUSEADDR permite voltar a escutar; não termina nenhum TIME-WAIT.',
  },
};

export const flagTexts: TermTexts['flag'] = {
  SYN: {
    title: 'synchronize: aqui começa a numeração de quem envia',
    what: 'Abre um sentido e ocupa um número de sequência, o ISN. O primeiro SYN não tem a flag ACK; a resposta tem (SYN-ACK). Opções como MSS e escala da janela só vêm nos SYNs.',
    why: 'Como ocupa um número, pode ser confirmado, e repetido se for perdido.',
  },
  ACK: {
    title: 'acknowledge: o número de confirmação vale',
    what: 'ack 7 diz: tudo até o byte 6 chegou; espera-se o byte 7. Todos os segmentos têm esta flag, menos um primeiro SYN e alguns RSTs. Um ACK sem dados não ocupa número.',
    why: 'Diz que o TCP do outro sistema tem os bytes, não que o programa os leu. Um ACK perdido não é retransmitido: o seguinte o substitui.',
  },
  FIN: {
    title: 'finish: quem envia não tem mais dados',
    what: 'Encerra só o sentido de quem envia, ocupa um número depois do último byte e é confirmado. O outro lado pode continuar a enviar.',
    why: 'É um aviso, não um pedido. O fim do processo, close() e shutdown() enviam todos o mesmo FIN.',
  },
  RST: {
    title: 'reset: a conexão acaba na hora',
    what: 'Resposta a um segmento que não é de nenhuma conexão, ou um aborto. Não é confirmado e não ocupa número. Em uma conexão aberta só vale exatamente no número esperado (em sistemas antigos, em qualquer ponto da janela).',
    why: 'Dados em trânsito, ou ainda não lidos, podem se perder. Vem em nome do outro lado: do programa, do sistema ou de um firewall no caminho.',
  },
  PSH: {
    title: 'push: entregue os dados sem esperar por mais',
    what: 'O sistema de quem envia a liga por conta própria, em geral quando o buffer de envio fica vazio. Não é fim de mensagem.',
    why: 'Pede ao receptor que não retenha os dados. A maioria dos sistemas os entrega logo de qualquer modo.',
  },
  URG: {
    title: 'urgent: o ponteiro de urgência vale',
    what: 'Parte dos dados é urgente; o ponteiro de urgência diz onde ela termina.',
    why: 'O Telnet a usava para interrupções. Os sistemas divergem sobre ela, e programas novos não devem usá-la.',
  },
  ECE: {
    title: 'ECN echo: chegou um pacote com marca de congestionamento',
    what: 'Em um SYN (com CWR), oferece ECN; no SYN-ACK (sozinha), aceita. Depois informa que um pacote IP chegou com a marca CE, até vir CWR. Com ECN preciso (AccECN), é parte de um contador.',
    why: 'Roteadores podem marcar pacotes em vez de descartá-los; o emissor reduz o ritmo sem nenhuma perda.',
  },
  CWR: {
    title: 'congestion window reduced: quem envia reduziu o ritmo',
    what: 'A resposta a ECE: quem envia reduziu sua janela de congestionamento. Em um SYN, com ECE, oferece ECN. Com ECN preciso (AccECN), é parte de um contador.',
    why: 'Para que o receptor pare de repetir ECE.',
  },
  AE: {
    title: 'accurate ECN: a nona flag, antes chamada NS',
    what: 'Em um SYN, com CWR e ECE, oferece ECN preciso. Aceito isso, AE, CWR e ECE juntas são um contador de três bits: quantos pacotes chegaram marcados, módulo 8.',
    why: 'O ECN clássico informa no máximo uma marca por ida e volta; controles de congestionamento novos precisam do número.',
  },
};

export const fieldTexts: TermTexts['field'] = {
  'source port': {
    title: 'porta de origem',
    what: 'Bytes 0 e 1: a porta de quem envia este segmento. A de um cliente, em geral, foi escolhida pelo sistema para esta conexão.',
    why: 'A resposta vai para ela. Com a porta de destino e os dois endereços, identifica a conexão.',
  },
  'destination port': {
    title: 'porta de destino',
    what: 'Bytes 2 e 3: a porta a que o segmento se destina. Em um SYN, é a de um serviço, por exemplo 443.',
    why: 'Por ela o sistema acha o socket: o de uma conexão que ele tem, ou um em escuta.',
  },
  'sequence number': {
    title: 'número de sequência',
    what: 'Bytes 4 a 7: o número do primeiro byte de dados deste segmento, ou do seu SYN. Conta bytes, não segmentos; SYN e FIN ocupam um número cada; um ACK sem dados, nenhum.',
    why: 'Por ele o receptor ordena os dados, acha lacunas e descarta o que já tem. Depois de 2^32 - 1 volta a 0.',
  },
  'acknowledgment number': {
    title: 'número de confirmação (ack)',
    what: 'Bytes 8 a 11: o próximo número que quem envia espera do outro lado. Tudo antes dele chegou. Sem a flag ACK não tem significado.',
    why: 'Um número confirma tudo o que vem antes, e por isso um ACK perdido não faz falta. O que chegou depois de uma lacuna, só o SACK diz. Alguns livros dizem número de reconhecimento.',
  },
  'header length': {
    title: 'tamanho do cabeçalho (data offset)',
    what: 'Os quatro bits altos do byte 12: o tamanho do cabeçalho em palavras de 4 bytes, de 5 (20 bytes) a 15 (60 bytes). As opções ocupam o que passa de 20 bytes.',
    why: 'Para o receptor saber onde começam os dados. Menos de 5 é impossível: o segmento é descartado.',
  },
  flags: {
    title: 'flags (bits de controle)',
    what: 'O byte 13 e o último bit do byte 12: AE CWR ECE URG ACK PSH RST SYN FIN, do mais alto ao mais baixo. Cada uma é 0 ou 1.',
    why: 'Dizem o que o segmento faz: abre, confirma, encerra, aborta. O synfin mostra os nomes das que estão ligadas.',
  },
  window: {
    title: 'janela',
    what: 'Bytes 14 e 15: quantos bytes além do número de confirmação quem envia aceita. Vezes 2 elevado à escala da janela, exceto nos SYNs, que nunca têm escala.',
    why: 'Controle de fluxo. 0 significa: por ora, não há espaço. Sem o handshake na captura, não se conhece a escala, nem o tamanho.',
  },
  checksum: {
    title: 'checksum (soma de verificação)',
    what: 'Bytes 16 e 17 (UDP: 6 e 7): uma soma de 16 bits sobre o cabeçalho, os dados e os endereços. TCP e UDP usam a mesma; o UDP sobre IPv4 pode omiti-la.',
    why: 'Um segmento cuja soma não confere é descartado: foi danificado, ou chegou ao host errado. A maioria dos danos aparece, não todos. Capturado no sistema que envia, muitas vezes ainda não foi calculado: isso não é falha.',
  },
  'urgent pointer': {
    title: 'ponteiro de urgência',
    what: 'Bytes 18 e 19: com URG, a distância do número de sequência até o fim dos dados urgentes. Sem URG não tem significado.',
    why: 'RFCs e sistemas divergiam se ele aponta para o último byte urgente ou para o seguinte; a RFC 6093, seção 4, decidiu pelo seguinte.',
  },
  data: {
    title: 'dados (carga útil)',
    what: 'O que vem depois do cabeçalho: len bytes do fluxo, de números seq a seq + len - 1. O tamanho não está no cabeçalho TCP: é o que o pacote IP tem além dos cabeçalhos.',
    why: 'É o que os programas enviam. O synfin só os mostra quando um segmento é visto byte a byte.',
  },
};

/** Zeek's words and Wireshark's number, as terms. */
import type { TermTexts } from '../terms/names.js';

export const connStateTexts: TermTexts['connState'] = {
  S0: {
    title: 'tentativa vista, sem resposta',
    what: 'O cliente (originator) enviou SYN, e nada veio do servidor (responder).',
    why: 'Host desligado, um firewall que descarta, ou falta um sentido na captura. Muitas de um endereço: varredura.',
  },
  S1: {
    title: 'aberta, não encerrada',
    what: 'Para o Zeek, os dois lados estão estabelecidos, e não veio FIN nem RST.',
    why: 'Ainda estava aberta no fim da captura.',
  },
  SF: {
    title: 'aberta e encerrada do modo normal',
    what: 'Os dois lados enviaram FIN. O Zeek também usa SF para UDP com datagramas nos dois sentidos.',
    why: 'O bom caso comum. Se os FINs foram confirmados não importa para ele.',
  },
  REJ: {
    title: 'tentativa recusada',
    what: 'O cliente enviou SYN, e o servidor respondeu com RST.',
    why: 'Nenhum socket nessa porta, ou um firewall que recusa.',
  },
  S2: {
    title: 'aberta; o cliente encerrou, o servidor não',
    what: 'Um FIN do cliente (originator), nenhum do servidor (responder).',
    why: 'A captura terminou entre os dois, ou o programa do servidor não fecha o socket.',
  },
  S3: {
    title: 'aberta; o servidor encerrou, o cliente não',
    what: 'Um FIN do servidor (responder), nenhum do cliente (originator).',
    why: 'A captura terminou entre os dois, ou o programa do cliente não fecha o socket.',
  },
  RSTO: {
    title: 'aberta; o cliente (originator) enviou RST',
    what: 'O cliente abortou uma conexão a que o servidor havia respondido.',
    why: 'Um aborto, uma verificação de saúde ou uma varredura SYN. A ordem e os números de RST e FIN não são verificados.',
  },
  RSTR: {
    title: 'aberta; o servidor (responder) enviou RST',
    what: 'O servidor abortou a conexão.',
    why: 'Por exemplo, dados não lidos. Um RST que o receptor ignorou também conta.',
  },
  RSTOS0: {
    title: 'SYN e depois RST do cliente, sem SYN-ACK visto',
    what: 'O cliente (originator) interrompeu uma tentativa, e nada veio do servidor.',
    why: 'Desistiu-se de conectar, ou o SYN-ACK não foi capturado.',
  },
  RSTRH: {
    title: 'SYN-ACK e depois RST do servidor, sem SYN visto',
    what: 'Falta na captura o SYN do cliente (originator).',
    why: 'Só um sentido foi capturado, ou são respostas a SYNs forjados (restos de uma inundação).',
  },
  SH: {
    title: 'SYN e depois FIN do cliente, sem SYN-ACK visto',
    what: 'O Zeek chama isso de half-open: nada veio do servidor (responder).',
    why: 'Quase sempre falta um sentido na captura.',
  },
  SHR: {
    title: 'SYN-ACK e depois FIN do servidor, sem SYN visto',
    what: 'Nada veio do cliente (originator).',
    why: 'Quase sempre falta um sentido na captura.',
  },
  OTH: {
    title: 'nenhum dos outros, muitas vezes sem o começo',
    what: 'Por exemplo, tráfego no meio de uma conexão cujo SYN não foi capturado.',
    why: 'A captura começou tarde, ou é uma varredura sem SYN.',
  },
};

export const historyTexts: TermTexts['history'] = {
  S: {
    title: 'SYN sem ACK',
    what: 'SYN ligada, sem FIN, RST nem ACK. Só se escreve de novo para um SYN de outro número.',
    why: 'Em geral a primeira letra. Um s minúsculo: o servidor também enviou um SYN sem ACK (abertura simultânea).',
  },
  H: {
    title: 'SYN com ACK, o segundo segmento do handshake',
    what: 'SYN e ACK ligadas, sem FIN nem RST. Só se escreve de novo com outro número.',
    why: 'Em geral um h minúsculo, logo depois de S.',
  },
  A: {
    title: 'ACK sem dados',
    what: 'ACK ligada, sem SYN, FIN ou RST, e sem dados. Uma vez por lado.',
    why: 'A depois de Sh completa o handshake. Os ACKs que vêm com dados ou FIN não deixam letra.',
  },
  D: {
    title: 'dados',
    what: 'Há dados, e não há SYN, FIN ou RST. Uma vez por lado, por mais que haja.',
    why: 'Sem D ou d: a conexão não levou nada nesse sentido, ou só junto com SYN ou FIN.',
  },
  F: {
    title: 'FIN, o fim de um sentido',
    what: 'FIN ligada, sem SYN nem RST. Só se escreve de novo se terminar em outro número.',
    why: 'Ff: o cliente encerrou primeiro; fF: o servidor.',
  },
  R: {
    title: 'RST, o reset',
    what: 'RST ligada, sem SYN nem FIN. Só se escreve de novo com outro número.',
    why: 'O número não é verificado: um RST que o receptor ignorou também está aqui.',
  },
  I: {
    title: 'inconsistente: FIN e RST em um só segmento',
    what: 'Uma vez por lado.',
    why: 'Nenhum TCP comum envia isso.',
  },
  Q: {
    title: 'outra mistura de flags: SYN com FIN, ou SYN com RST',
    what: 'Uma vez por lado, seja qual for a mistura.',
    why: 'Uma varredura, ou um programa defeituoso.',
  },
  C: {
    title: 'um checksum errado',
    what: 'O Zeek a escreve no 1º, 10º, 100º pacote assim. O synfin não a escreve: veja o achado checksum-wrong.',
    why: 'No sistema que envia, os checksums muitas vezes ainda não foram calculados, e a letra enganaria.',
  },
  G: {
    title: 'uma lacuna: foram confirmados bytes que não se viram',
    what: 'Escrita na 1ª, 10ª, 100ª lacuna de um lado.',
    why: 'A captura perdeu pacotes, ou começou tarde.',
  },
  T: {
    title: 'dados retransmitidos',
    what: 'Um segmento com dados que não termina além do que já se viu. Escrita no 1º, 10º, 100º de um lado.',
    why: 'Perda no caminho, ou um ACK perdido. Um SYN ou FIN repetido não deixa T.',
  },
  W: {
    title: 'uma janela zero',
    what: 'Quem envia anunciou janela 0, não em um RST, nem depois do FIN do outro lado. Escrita na 1ª, 10ª, 100ª de um lado.',
    why: 'O programa desse lado não leu a tempo.',
  },
  '^': {
    title: 'os papéis foram trocados',
    what: 'O primeiro pacote não foi enviado pelo cliente, na visão do Zeek: pela porta, era um servidor, ou era um SYN-ACK.',
    why: 'A captura começou tarde. Daqui em diante, as maiúsculas são do outro lado.',
  },
  X: {
    title: 'o Zeek parou a análise',
    what: 'Versões mais novas a escrevem onde um limite foi atingido. O synfin não a escreve.',
    why: 'O que vem depois não está na sequência.',
  },
};

export const completenessTexts: TermTexts['completeness'] = {
  completeness: {
    title: 'o número do Wireshark: que tipos de segmento foram capturados',
    what: 'A soma de 1 SYN, 2 SYN-ACK, 4 ACK, 8 dados, 16 FIN, 32 RST. 31 = 1+2+4+8+16: aberta, usada, encerrada. 23: o mesmo sem dados. 37 = 1+4+32: SYN e RST com ACK, recusada. 63: todos.',
    why: 'Para filtrar de relance: tcp.completeness==31. Não registra ordem, sentido nem números: um FIN ou dois, um RST que vale ou não, são iguais.',
  },
  '1': {
    title: 'um SYN sem ACK iniciou a conexão',
    what: 'A captura tem o começo. Só 1: nenhuma resposta foi capturada ("Incomplete, SYN_SENT").',
    why: 'Um SYN no meio de uma conexão já conhecida não o liga.',
  },
  '2': {
    title: 'um SYN-ACK, a resposta ao SYN',
    what: 'SYN e ACK ligadas. 3 = 1+2: o handshake sem o terceiro segmento.',
    why: 'Não se verifica se ele confirma o SYN.',
  },
  '4': {
    title: 'um segmento com ACK e sem dados',
    what: 'Qualquer um, exceto SYN-ACK: FIN e RST com ACK também contam. 7 = 1+2+4: "ESTABLISHED".',
    why: 'Não se verifica se ele confirma o SYN-ACK. Por isso uma conexão recusada tem 37, e não 33.',
  },
  '8': {
    title: 'dados, em qualquer sentido',
    what: 'Um segmento com ACK e dados, ou um SYN com dados. 15 = 1+2+4+8: aberta e usada, não encerrada.',
    why: 'Em que sentido eles foram não se registra.',
  },
  '16': {
    title: 'um FIN com ACK',
    what: 'De qualquer lado, um ou dois. 31 = 15+16: completa, com dados; 23: completa, sem dados.',
    why: 'Um FIN sem ACK não o liga.',
  },
  '32': {
    title: 'um RST',
    what: 'Aceito ou não pelo receptor. 47 = 15+32: aberta, usada e abortada; 63: FIN e RST.',
    why: 'Não se verifica se o número dele serve. O synfin verifica: veja o encerramento.',
  },
};

/** The options of the TCP header, as terms. */
import type { TermTexts } from '../terms/names.js';

export const optionTexts: TermTexts['option'] = {
  'end of options': {
    title: 'tipo 0: não há mais opções',
    what: 'Um byte. O que vem depois dele, até o fim do cabeçalho, é preenchimento e deve ser 0.',
    why: 'O tamanho de um cabeçalho é múltiplo de 4 bytes; o das opções pode não ser.',
  },
  'no operation': {
    title: 'tipo 1: um byte que não faz nada',
    what: 'Um byte entre opções. O receptor o pula.',
    why: 'Permite que a opção seguinte, por exemplo timestamps, comece onde a leitura é rápida.',
  },
  MSS: {
    title: 'tipo 2: o máximo de dados que pode vir em um segmento',
    what: 'Só nos SYNs: quem envia aceita segmentos com até tantos bytes de dados. Cada lado informa o seu; não precisam ser iguais. Sem ela: 536 (IPv4), 1220 (IPv6).',
    why: 'Para os segmentos caberem nos pacotes: em Ethernet, 1460 com IPv4 (1500 - 40), 1440 com IPv6. É anunciado, não negociado.',
  },
  'window scale': {
    title: 'tipo 3: as janelas contam em unidades maiores',
    what: 'Só nos SYNs: escala 7 diz que as janelas de quem envia se multiplicam por 2^7 = 128. Só vale se os dois SYNs a têm; no máximo 14.',
    why: 'O campo da janela tem 16 bits, 65.535 bytes: pouco para conexões rápidas e longas.',
  },
  'SACK permitted': {
    title: 'tipo 4: quem envia entende SACK',
    what: 'Só nos SYNs. O outro lado pode então enviar opções SACK.',
    why: 'Para que só o que falta precise ser retransmitido.',
  },
  SACK: {
    title: 'tipo 5: o que chegou depois de uma lacuna',
    what: 'Até quatro blocos de números, cada um do primeiro até o seguinte ao último, que chegaram embora falte algo antes deles.',
    why: 'O número de confirmação para na primeira lacuna. Com SACK o emissor sabe o que falta e só envia isso. Um primeiro bloco que repete o já confirmado é um DSACK.',
  },
  timestamps: {
    title: 'tipo 8: relógios dos dois lados, contra segmentos antigos',
    what: 'TSval é o relógio de quem envia; TSecr, um TSval que ele recebeu do outro lado. Se os dois SYNs têm a opção, todo segmento seguinte precisa tê-la, exceto RST.',
    why: 'Medem o tempo de ida e volta, até do que foi retransmitido, e revelam segmentos antigos cujo número serviria (PAWS).',
  },
  'MD5 signature': {
    title: 'tipo 19: o segmento é assinado com uma chave comum',
    what: '16 bytes de MD5 sobre o segmento e uma chave dada aos dois lados. Sessões BGP antigas a usam.',
    why: 'Segmentos forjados são descartados. Assinatura ausente ou errada leva a descarte em silêncio: parece falta de resposta. TCP-AO a substitui.',
  },
  'user timeout': {
    title: 'tipo 28: quanto quem envia espera por uma confirmação',
    what: 'Um bit para a unidade (minutos ou segundos) e 15 bits para o tempo. É um conselho ao outro lado, no SYN ou depois.',
    why: 'Um tempo maior resiste a interrupções; um menor libera recursos. Poucos sistemas a enviam.',
  },
  authentication: {
    title: 'tipo 29: TCP-AO, assinatura cujas chaves podem mudar',
    what: 'Dois números de chave e um código sobre o segmento (MAC). Os dois lados têm as mesmas chaves de antemão.',
    why: 'Como a assinatura MD5, com códigos melhores e chaves que mudam durante a conexão.',
  },
  'Multipath TCP': {
    title: 'tipo 30: uma conexão por vários caminhos',
    what: 'Os quatro primeiros bits são um subtipo: MP_CAPABLE abre, MP_JOIN acrescenta um subfluxo, DSS liga os dados do subfluxo aos da conexão e pode encerrá-la (DATA_FIN), entre outros.',
    why: 'Um celular pode usar Wi-Fi e rede móvel ao mesmo tempo, ou passar de uma à outra. Na rede, cada subfluxo é uma conexão TCP própria.',
  },
  'Fast Open': {
    title: 'tipo 34: dados já no SYN',
    what: 'Vazia em um SYN, pede um cookie; um SYN-ACK o traz; com ele, um SYN posterior pode levar dados que o servidor aceita antes do fim do handshake.',
    why: 'Poupa uma ida e volta. O SYN com dados pode chegar duas vezes; serve para pedidos que podem ser repetidos.',
  },
  'accurate ECN': {
    title: 'tipos 172 e 174: contagens de bytes por bits ECN',
    what: 'Até três contadores de 24 bits: quantos bytes chegaram com ECT(0), CE e ECT(1). O tipo define a ordem deles.',
    why: 'Mais exato que as três flags AE, CWR e ECE, que contam pacotes módulo 8.',
  },
  experiment: {
    title: 'tipos 253 e 254: para experimentos',
    what: 'Os dois ou quatro primeiros bytes (ExID) dizem qual é o experimento: 0xF989 era o Fast Open antes de ter o tipo 34.',
    why: 'Para que vários experimentos dividam dois tipos. Quem não conhece um deles o pula.',
  },
};

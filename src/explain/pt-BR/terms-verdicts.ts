/** Openings, closings and outcomes of a connection, as terms. */
import type { TermTexts } from '../terms/names.js';

export const openingTexts: TermTexts['opening'] = {
  'three-way': {
    title: 'aberta por SYN, SYN-ACK e o ACK dele',
    what: 'O handshake usual: os dois SYNs foram confirmados, e os dois lados estão em ESTABLISHED.',
    why: 'Os tempos mostram onde se esperou: até o SYN-ACK, no lado do servidor; daí até o ACK, no lado do cliente, os dois vistos do ponto de captura.',
  },
  simultaneous: {
    title: 'os dois lados enviaram SYN antes de receber o do outro',
    what: 'Os SYNs se cruzam; cada lado passa a SYN-RECEIVED, e cada SYN é confirmado. Resulta uma conexão, não duas.',
    why: 'Rara: cada lado precisa conectar a partir da mesma porta a que o outro conecta. Programas que atravessam NATs fazem isso; um socket conectado a si mesmo é igual.',
  },
  'fast-open': {
    title: 'aberta com dados no SYN, que o servidor aceitou',
    what: 'O SYN tinha um cookie de Fast Open e dados, e o SYN-ACK confirma os dois.',
    why: 'Poupa uma ida e volta. O cookie vem de uma conexão anterior com o mesmo servidor.',
  },
  refused: {
    title: 'o SYN foi respondido com RST ou com um erro ICMP',
    what: 'Alguém respondeu que não: nenhum socket aceitou o SYN nesse endereço e porta, ou um firewall respondeu no lugar dele. Veio resposta; logo, o caminho até quem a enviou funciona, ida e volta.',
    why: 'Veja se o programa está em execução e escuta nesse endereço e porta (ss -ltn no Linux); depois, firewalls. Capturas nos dois lados mostram quem enviou o RST.',
  },
  'no-answer': {
    title: 'nada respondeu ao SYN',
    what: 'O SYN foi enviado, em geral várias vezes, e não se viu resposta. O porquê não dá para saber só disso.',
    why: 'Host desligado, endereço errado, firewall que descarta, fila de accept cheia no Linux, ou resposta perdida. Capture no servidor: o SYN chega? sai uma resposta?',
  },
  'not-completed': {
    title: 'viu-se um SYN-ACK que nunca foi confirmado de forma válida',
    what: 'O servidor respondeu e ficou em SYN-RECEIVED, até onde se viu. Faltou o ACK do seu SYN, ou veio com número errado, ou veio um RST.',
    why: 'Uma só: o ACK se perdeu, ou o cliente desistiu. Muitas portas: varredura. Muitas em uma porta, de muitos endereços: inundação de SYN.',
  },
  'not-captured': {
    title: 'a captura não tem o SYN do cliente',
    what: 'A conexão já existia antes da captura, ou o começo dela não foi capturado.',
    why: 'Quem é o cliente é suposição, a escala da janela é desconhecida, e faltam os tempos da abertura. Inicie a captura antes do programa.',
  },
};

export const closingTexts: TermTexts['closing'] = {
  'four-step': {
    title: 'encerrada em quatro segmentos: FIN, seu ACK, FIN, seu ACK',
    what: 'Cada sentido se encerra com um FIN e sua confirmação. Entre os dois FINs, o segundo lado ainda pode enviar.',
    why: 'Uma pausa entre o primeiro ACK e o segundo FIN é o tempo que o segundo programa levou para fechar o socket.',
  },
  'three-step': {
    title: 'encerrada em três segmentos: o segundo FIN leva o ACK',
    what: 'FIN, depois FIN com o ACK do primeiro, depois ACK. Tão completo quanto em quatro segmentos.',
    why: 'O segundo programa fechou o socket logo, antes da hora do ACK atrasado.',
  },
  simultaneous: {
    title: 'os dois lados enviaram FIN antes de receber o do outro',
    what: 'Os FINs se cruzam: os dois lados passam por CLOSING, e os dois terminam em TIME-WAIT.',
    why: 'Os dois programas fecharam no intervalo de uma ida pela rede. Não há nada de errado nisso.',
  },
  reset: {
    title: 'acabou com um RST que foi aceito',
    what: 'Um lado, ou algo em nome dele, desistiu da conexão na hora. Dados em trânsito podem se perder, mesmo já confirmados.',
    why: 'A causa diz por quê, até onde os pacotes mostram. Alguns programas sempre encerram assim.',
  },
  'half-closed': {
    title: 'só um lado havia enviado FIN no fim da captura',
    what: 'Um sentido foi encerrado; o outro segue aberto, até onde se viu.',
    why: 'O outro programa talvez ainda envie, ou se esqueceu de fechar: CLOSE-WAIT. Capture por mais tempo, ou veja os sockets dele (ss -tn state close-wait).',
  },
  open: {
    title: 'nenhum encerramento foi visto',
    what: 'A conexão estava aberta no fim da captura: nem FIN, nem um RST que valha.',
    why: 'Normal em conexões mantidas (HTTP, SSH, bancos de dados). Se um lado sumiu, é igual enquanto o outro não envia nada.',
  },
  none: {
    title: 'nada a encerrar: nunca foi aberta',
    what: 'Recusada, sem resposta ou não concluída.',
    why: 'A abertura diz o que houve.',
  },
};

export const outcomeTexts: TermTexts['outcome'] = {
  closed: {
    title: 'os dois lados a encerraram',
    what: 'Os dois enviaram FIN. A tabela diz quem foi o primeiro, por exemplo "closed by client" (encerrada primeiro pelo cliente).',
    why: 'Quem foi primeiro fica depois em TIME-WAIT. Em um servidor com muitas conexões, pode importar.',
  },
  reset: {
    title: 'um RST que foi aceito a terminou',
    what: 'A conexão havia sido aberta, e um lado a interrompeu. Conta como falha, embora alguns programas encerrem assim de propósito.',
    why: 'Veja a causa provável na tabela, e synfin explain com a palavra dela, por exemplo unread-data.',
  },
  refused: {
    title: 'seu SYN foi respondido com RST ou com um erro ICMP',
    what: 'A conexão nunca foi aberta: alguém respondeu que não, em geral em uma ida e volta.',
    why: 'Nenhum socket nesse endereço e porta, ou um firewall. Ao contrário de no-answer, alguém respondeu.',
  },
  'no-answer': {
    title: 'seu SYN ficou sem resposta',
    what: 'A conexão nunca foi aberta: nada voltou enquanto o SYN era repetido.',
    why: 'O programa espera o seu prazo, de segundos a minutos. Descubra onde o SYN, ou a resposta, se perde.',
  },
  'not-completed': {
    title: 'seu SYN-ACK nunca foi confirmado de forma válida',
    what: 'O servidor respondeu, e falta o terceiro segmento do handshake.',
    why: 'Varredura, inundação de SYN, um cliente que desistiu, ou perda a caminho do servidor.',
  },
  'half-closed': {
    title: 'um lado encerrou, o outro não antes do fim da captura',
    what: 'Viu-se um FIN, sem o outro.',
    why: 'Normal em uma captura que termina cedo; do contrário, procure CLOSE-WAIT no lado que não encerrou.',
  },
  open: {
    title: 'foi aberta, e não foi encerrada na captura',
    what: 'Nem FIN nem RST a terminou antes do fim da captura.',
    why: 'Não conta como falha. O achado idle diz se ficou em silêncio por mais de um minuto.',
  },
  'not-captured': {
    title: 'nem a abertura nem o encerramento foram capturados',
    what: 'Só se viram segmentos do meio.',
    why: 'A captura é um recorte de um tempo maior. O que ela diz de dados e perdas vale mesmo assim.',
  },
};

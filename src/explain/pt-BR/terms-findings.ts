/** Findings of single segments, and patterns, as terms. Those of whole connections are in terms-connections.ts. */
import type { Code } from '../../track/memory/codes.js';
import type { TermText, TermTexts } from '../terms/names.js';

export const segmentTexts: Readonly<Record<Code, TermText>> = {
  retransmission: {
    title: 'bytes já enviados, enviados de novo',
    what: 'Pela regra do Wireshark: o número está abaixo do maior já visto deste lado, e nenhuma palavra mais específica se aplica.',
    why: 'O ACK não chegou a tempo: os dados ou o ACK se perderam, ou atrasaram. Algumas são normais; muitas indicam perda no caminho. Compare os dois lados para saber onde.',
  },
  'fast-retransmission': {
    title: 'retransmitido logo, depois de ACKs duplicados',
    what: 'Regra do Wireshark: ao menos dois ACKs duplicados o pediram, nos últimos 20 ms. O TCP mesmo espera o terceiro, ou sabe pelo SACK.',
    why: 'A recuperação sem temporizador: custa uma ida e volta, não os 200 ms ou mais do temporizador de retransmissão.',
  },
  'spurious-retransmission': {
    title: 'retransmitido, embora já confirmado',
    what: 'O ACK desses bytes já havia passado pelo ponto de captura. Não chegou ao emissor, ou não a tempo.',
    why: 'O ACK se perdeu ou atrasou, ou o temporizador era curto demais. Um DSACK em resposta confirma que os bytes já estavam lá.',
  },
  'out-of-order': {
    title: 'chegou depois de segmentos enviados mais tarde',
    what: 'Regra do Wireshark: abaixo do maior número, dentro de uma ida e volta. Pode ter sido ultrapassado no caminho, ou ser uma retransmissão rápida.',
    why: 'Vários caminhos, ou várias filas de uma placa de rede. A identificação IP e o timestamp distinguem atrasado de retransmitido; os números de sequência, não.',
  },
  'lost-segment': {
    title: 'bytes antes dele ainda não foram vistos',
    what: 'Há uma lacuna nos números. Pacotes posteriores dizem qual é o caso: retransmitidos (perda antes deste ponto), atrasados, ou confirmados sem nunca serem vistos (a captura os perdeu).',
    why: 'Veja o que preenche a lacuna. Se nada a preenche e tudo segue, a captura perdeu pacotes.',
  },
  'ack-lost-segment': {
    title: 'confirma bytes que não foram capturados',
    what: 'O receptor diz que os tem; esta captura não os tem.',
    why: 'Quase sempre a captura perdeu pacotes ou começou tarde. Buffers de captura maiores ajudam. Um ACK do que nunca foi enviado é raro; não muda nada em quem o recebe.',
  },
  'duplicate-ack': {
    title: 'a mesma confirmação de novo',
    what: 'Um segmento sem dados que repete número de confirmação e janela: chegou algo diferente do que era esperado.',
    why: 'Um ou dois podem vir de troca de ordem ou de um segmento repetido. A partir do terceiro, o emissor o toma por perda e retransmite.',
  },
  'keep-alive': {
    title: 'um segmento que verifica se o outro lado ainda está lá',
    what: 'Tem o número anterior ao próximo, sem dados ou com um byte já enviado, para que o outro lado responda com um ACK.',
    why: 'Um programa o ativou. Por padrão, após duas horas de silêncio. No Linux, com a janela fechada, os mesmos bytes são uma sonda de janela zero.',
  },
  'keep-alive-ack': {
    title: 'a resposta a um keep-alive',
    what: 'Um ACK com os mesmos números de antes: o outro lado está lá e tem a conexão.',
    why: 'Prova que o sistema está vivo, não que o programa está.',
  },
  'zero-window': {
    title: 'quem envia não aceita mais dados por ora',
    what: 'A janela é 0: o buffer de recepção está cheio, pois o programa não lê a tempo. O outro lado tem de esperar.',
    why: 'O programa receptor está atrasado; a rede não tem culpa. Pode ficar assim pelo tempo que o programa quiser.',
  },
  'zero-window-probe': {
    title: 'pergunta se a janela continua fechada',
    what: 'Pela RFC, um byte novo; o Linux não envia dados e usa um número antigo. Repete-se em intervalos que dobram.',
    why: 'A atualização da janela pode se perder, e então os dois lados esperariam para sempre.',
  },
  'zero-window-probe-ack': {
    title: 'a resposta a uma sonda: ainda fechada',
    what: 'Um ACK com janela 0.',
    why: 'Enquanto as sondas são respondidas, a conexão pode ficar assim. Veja o que o programa receptor espera.',
  },
  'window-update': {
    title: 'uma nova janela, e nada mais',
    what: 'Um ACK com os números do anterior e outra janela, em geral porque o programa leu e há espaço de novo.',
    why: 'Normal. Depois de uma janela zero, deixa o emissor continuar.',
  },
  'window-full': {
    title: 'preenche a janela do outro lado',
    what: 'Com este segmento o emissor enviou tudo o que a janela anunciada permite. Tem de esperar um ACK ou uma janela maior.',
    why: 'O receptor limita o ritmo: um programa lento, ou um buffer de recepção pequeno para esta distância e velocidade.',
  },
  'reused-ports': {
    title: 'os endereços e portas de uma conexão anterior',
    what: 'Uma nova conexão com os mesmos quatro valores de outra anterior nesta captura.',
    why: 'Normal se a antiga acabou. Com muitas conexões curtas faltam portas: mantenha conexões abertas, ou use mais endereços.',
  },
  'capture-duplicate': {
    title: 'uma segunda cópia de um pacote, feita pela captura',
    what: 'O mesmo pacote foi capturado duas vezes, por exemplo em "any", em uma bridge ou em uma porta espelhada. Não conta.',
    why: 'Não é retransmissão: no IPv4, a identificação no cabeçalho IP costuma ser a mesma. Capture em uma só interface para evitá-la.',
  },
  'challenge-ack': {
    title: 'um ACK que responde a um segmento inaceitável',
    what: 'Informa os números que quem o envia espera. Responde a um RST fora do número exato, a um SYN em uma conexão aberta, ou a um ACK fora da faixa.',
    why: 'Um emissor verdadeiro então se corrige; um forjador fora do caminho nada aprende. Veja o segmento anterior. Os sistemas limitam o ritmo dele.',
  },
  'ignored-segment': {
    title: 'visto, mas ignorado pelo receptor',
    what: 'Pelas regras do TCP, o receptor não aceita este segmento: ele não muda nenhum estado. Ainda pode ser respondido com um ACK.',
    why: 'O achado diz o motivo: atrasado, forjado, de outra conexão, ou malformado.',
  },
  'simultaneous-open': {
    title: 'os dois lados abrem ao mesmo tempo',
    what: 'Um SYN encontrou um SYN: cada lado recebe o do outro antes de o seu ser confirmado.',
    why: 'Permitido e raro. Alguns analisadores chamam os SYN-ACKs dela de retransmissões.',
  },
  'simultaneous-close': {
    title: 'os dois lados encerram ao mesmo tempo',
    what: 'Um FIN que não confirma o FIN do outro lado: eles se cruzam.',
    why: 'Nada de errado. Os dois lados terminam em TIME-WAIT.',
  },
  'half-close': {
    title: 'dados depois do FIN do outro lado',
    what: 'Um sentido foi encerrado, e no outro ainda vêm dados.',
    why: 'Se forem confirmados, é um half-close proposital. Se forem respondidos com RST, o socket havia sido fechado por inteiro (data-after-close).',
  },
  'syn-retry': {
    title: 'um SYN repetido',
    what: 'Nenhum SYN-ACK chegou ao cliente a tempo; o sistema dele repete o SYN, a primeira vez após cerca de 1 s.',
    why: 'O SYN ou a resposta se perdeu, é filtrado, ou a fila de accept está cheia. Cada repetição faz o usuário esperar: um tempo de conexão de 1 s ou 3 s é típico.',
  },
  'syn-ack-retry': {
    title: 'um SYN-ACK repetido',
    what: 'O servidor não recebeu um ACK válido a tempo, ou recebeu o SYN de novo.',
    why: 'O ACK se perdeu, ou foi descartado com a fila de accept cheia; ou o cliente não está lá (varredura, inundação).',
  },
  'fin-retry': {
    title: 'um FIN repetido',
    what: 'O ACK dele não veio a tempo.',
    why: 'O FIN ou o ACK se perdeu, ou o outro lado sumiu. Um lado em TIME-WAIT repete o ACK.',
  },
  'half-open-discovered': {
    title: 'uma resposta com os números de uma conexão antiga',
    what: 'Um SYN é respondido com um ACK cujos números são de uma conexão que quem enviou o SYN já não tem.',
    why: 'Esse lado caiu ou foi reiniciado, ou reutiliza as portas cedo demais. Ele responde com RST e depois abre de novo.',
  },
  'time-wait-assassination': {
    title: 'um RST para um lado em TIME-WAIT',
    what: 'Pode terminar TIME-WAIT antes do prazo. Sistemas que o protegem ignoram esse RST.',
    why: 'Um segmento atrasado foi respondido com ACK, e este com RST. Raramente faz mal.',
  },
  dsack: {
    title: 'avisa que algo foi recebido em dobro',
    what: 'O primeiro bloco SACK indica bytes que quem o envia já tinha e recebeu de novo.',
    why: 'A retransmissão não era necessária, ou a rede duplicou um pacote. O emissor pode desfazer a redução do ritmo.',
  },
  'data-fin': {
    title: 'Multipath TCP: o fim dos dados de todos os subfluxos',
    what: 'Uma opção, não a flag FIN: encerra um sentido da conexão Multipath TCP inteira.',
    why: 'Os subfluxos são encerrados depois, cada um com seus FINs.',
  },
};

export const patternTexts: TermTexts['pattern'] = {
  'port-scan': {
    title: 'um cliente tenta muitas portas de um host',
    what: 'Varredura de portas: dez portas ou mais, e mais da metade recusada, sem resposta, ou interrompida sem dados.',
    why: 'Alguém procura serviços. As que responderam com SYN-ACK são as encontradas.',
  },
  'syn-scan': {
    title: 'varredura de portas com SYNs cujos SYN-ACKs não são aceitos',
    what: 'Um SYN-ACK é respondido com RST: a conexão nunca se abre, e os programas não percebem.',
    why: 'A varredura usual do nmap como root (-sS). Também chamada de half-open scan; nada tem a ver com uma conexão meio aberta.',
  },
  'connect-scan': {
    title: 'varredura de portas com conexões completas, sem dados',
    what: 'Cada conexão se abre e é logo encerrada ou abortada.',
    why: 'Varredura sem privilégios (nmap -sT), ou um monitor que testa muitas portas.',
  },
  'ack-scan': {
    title: 'varredura de portas com ACKs sem conexão',
    what: 'Um sistema responde a esse ACK com RST, haja ou não um programa em escuta. Falta de resposta indica um firewall.',
    why: 'Procura regras de firewalls, não serviços.',
  },
  'fin-scan': {
    title: 'varredura de portas com FINs sem conexão',
    what: 'Pela RFC, uma porta fechada responde com RST; uma aberta não responde.',
    why: 'Para passar por filtros que só olham SYNs. Alguns sistemas respondem nos dois casos.',
  },
  'null-scan': {
    title: 'varredura de portas com segmentos sem nenhuma flag',
    what: 'Pela RFC, uma porta fechada responde com RST; uma aberta não responde.',
    why: 'Nenhum TCP envia segmentos assim. Alguns sistemas respondem nos dois casos.',
  },
  'xmas-scan': {
    title: 'varredura de portas com segmentos FIN, PSH e URG',
    what: 'Pela RFC, uma porta fechada responde com RST; uma aberta não responde.',
    why: 'Acesa como uma árvore de Natal, daí o nome (Xmas). Nenhum TCP começa assim.',
  },
  'host-sweep': {
    title: 'um cliente tenta uma ou poucas portas de muitos hosts',
    what: 'Varredura de hosts: dez hosts ou mais, e a maioria não abre conexão.',
    why: 'Alguém procura um serviço em uma rede: um worm, uma varredura, ou um inventário. Um programa com uma longa lista de endereços que já não existem é igual.',
  },
  'syn-flood': {
    title: 'muitas aberturas em uma porta, nunca concluídas',
    what: 'Inundação de SYN: cinquenta ou mais, ao menos uma por segundo, e no máximo uma em cinco é concluída. Os endereços costumam ser forjados.',
    why: 'Um ataque à fila de SYN. SYN cookies mantêm o serviço acessível; os emissores provavelmente não são quem dizem ser.',
  },
  'health-checks': {
    title: 'uma porta aberta e logo encerrada, a intervalos iguais',
    what: 'O mesmo cliente conecta repetidas vezes, não envia nada, e encerra ou aborta em menos de um segundo.',
    why: 'Um balanceador de carga ou monitor verifica se o servidor escuta. Mostra que o sistema escuta, não que o programa funciona.',
  },
};

/** Causes of a reset, and reasons to ignore a segment, as terms. */
import type { TermTexts } from '../terms/names.js';

export const causeTexts: TermTexts['cause'] = {
  refused: {
    title: 'nenhum socket aceitou o SYN nesse endereço e porta',
    what: 'O sistema respondeu ao SYN com RST. A resposta de um firewall pode ter os mesmos bytes.',
    why: 'O programa está em execução, e escuta nesse endereço, não só em 127.0.0.1? A porta está certa? Depois, veja os firewalls.',
  },
  'rejected-syn-ack': {
    title: 'o SYN-ACK não responde ao SYN de quem o recebe',
    what: 'Ele confirma um número que o cliente não enviou; o cliente responde com RST e continua esperando.',
    why: 'É assim que o handshake se protege: a resposta é de um SYN antigo, é forjada, ou foi mal traduzida na volta.',
  },
  scan: {
    title: 'o sistema do cliente não sabe do SYN que saiu dele',
    what: 'Depois do SYN-ACK vem um RST sem ACK: a resposta de um sistema que não tem essa conexão. Um programa enviou o SYN por conta própria, por fora do TCP do sistema.',
    why: 'Programas de varredura fazem isso. Um cliente que desistiu nesse meio-tempo é igual (connect-cancelled). Em muitas portas, é varredura.',
  },
  'connect-cancelled': {
    title: 'o cliente desistiu de conectar antes de vir o SYN-ACK',
    what: 'O socket dele foi fechado em SYN-SENT. O SYN-ACK, quando veio, foi respondido com RST.',
    why: 'O prazo do programa é menor que o tempo da rede ou do servidor. Descubra por que o SYN-ACK demorou, ou dê mais tempo.',
  },
  'accept-queue-overflow': {
    title: 'a fila de accept ou o cache de SYN do servidor estava cheio',
    what: 'O cliente tinha um SYN-ACK e dava a conexão por aberta; o ACK dele, ou os primeiros dados, foram respondidos com RST.',
    why: 'No Linux, só com tcp_abort_on_overflow; alguns outros sistemas fazem isso. O programa deve aceitar mais rápido, ou usar um backlog maior. ss -ltn mostra as filas.',
  },
  'listener-closed': {
    title: 'o programa deixou de escutar antes de aceitar a conexão',
    what: 'A conexão estava na fila de um socket em escuta que foi fechado, ou cujo processo acabou. O sistema envia RST a todas as que esperam ali.',
    why: 'Típico de um serviço que é reiniciado. Antes, desvie as novas conexões e aceite as que esperam.',
  },
  'no-such-connection': {
    title: 'o sistema de quem o enviou não tem essa conexão',
    what: 'Veio um segmento de uma conexão que este sistema não tem, ou não tem mais; ele responde com RST sem ACK, no número que o segmento confirmou.',
    why: 'O sistema foi reiniciado, ou encerrou há muito, ou o pacote chegou ao host errado (balanceador de carga, endereço que mudou). Um firewall pode responder em nome dele.',
  },
  'state-lost': {
    title: 'um NAT ou firewall não reconheceu a conexão dos dois lados',
    what: 'Algo no caminho esqueceu a conexão, ou não viu o começo dela, e respondeu a um segmento com RST. Os dois lados ainda a têm.',
    why: 'Típico depois de um longo silêncio, ou de uma mudança de rota. Envie keep-alives a intervalos menores que o prazo dele, ou aumente o prazo.',
  },
  firewall: {
    title: 'algo no caminho respondeu em nome de quem o enviou',
    what: 'O RST tem o endereço de um lado, mas um equipamento no caminho o enviou.',
    why: 'Regras de um firewall ou filtro. Uma captura no lado em cujo nome ele veio não tem esse RST: é a prova.',
  },
  'half-open-discovered': {
    title: 'quem o enviou havia perdido a conexão',
    what: 'Ele foi reiniciado e enviou um novo SYN; o outro lado, que ainda tinha a conexão antiga, respondeu com os números dela. Este RST termina a antiga, e o SYN pode ser repetido.',
    why: 'É assim que o TCP se recupera de uma queda. Por que o primeiro sistema foi reiniciado?',
  },
  'data-after-close': {
    title: 'vieram dados para um lado que já havia fechado',
    what: 'O programa havia chamado close(), não só shutdown(); ninguém poderia ler o que veio, e o sistema respondeu com RST. Esses bytes se perderam.',
    why: 'Os dois programas não concordam sobre quem terminou. O emissor deve parar ao ler o fim do fluxo, ou o outro deve ler mais antes de fechar.',
  },
  'gone-after-close': {
    title: 'o socket de quem o enviou já não existia depois do seu FIN',
    what: 'Depois do FIN, o sistema dele não guardou nada da conexão; o segmento seguinte do outro lado foi respondido com RST sem ACK.',
    why: 'No Linux, FIN-WAIT-2 sem dono tem prazo (tcp_fin_timeout); alguns sistemas e equipamentos o terminam logo. Em geral não faz mal.',
  },
  'unread-data': {
    title: 'fechou o socket com dados não lidos',
    what: 'O programa fechou o socket com dados à espera no buffer de recepção. O sistema então envia RST em vez de FIN: os bytes talvez tenham sido confirmados, mas ninguém os leu.',
    why: 'Leia até o fim do fluxo antes de fechar. Um aborto proposital pode ser igual. O que foi enviado antes também pode se perder no outro lado.',
  },
  'gave-up': {
    title: 'quem o enviou ficou sem resposta por tempo demais',
    what: 'Ele havia repetido um segmento ou uma sonda, ninguém respondeu, e ele terminou a conexão.',
    why: 'O outro lado, ou o caminho até ele, sumiu. O RST também pode se perder. Procure onde as respostas param.',
  },
  aborted: {
    title: 'o programa abortou a conexão',
    what: 'O programa a terminou com RST: SO_LINGER com tempo 0, ou uma chamada própria. Alguns sistemas também fazem isso quando um processo é morto.',
    why: 'Em geral de propósito: verificações de saúde, balanceadores e servidores fazem isso para evitar TIME-WAIT. O que está em trânsito é jogado fora.',
  },
  'not-translated': {
    title: 'um segmento de outra conexão, cujo endereço não foi traduzido',
    what: 'Tem as portas e os números de uma conexão que passa por um NAT, mas o endereço ficou como era.',
    why: 'O NAT já havia apagado a entrada, muitas vezes depois do encerramento. Inofensivo se vem depois do fim; do contrário, falha do NAT.',
  },
  injected: {
    title: 'não foi enviado pelo lado cujo endereço traz',
    what: 'O suposto emissor seguiu como se nada fosse, ou o TTL não combina. Algo no caminho, ou um atacante, o enviou.',
    why: 'Alguns firewalls, filtros e censores terminam conexões assim. Capturas nos dois lados provam: o emissor não tem esse RST.',
  },
  'time-wait-assassination': {
    title: 'terminou TIME-WAIT antes do prazo',
    what: 'Um segmento atrasado chegou a um lado em TIME-WAIT, que respondeu com ACK; o outro lado, já em CLOSED, respondeu a isso com RST.',
    why: 'Segmentos antigos poderiam então entrar em uma nova conexão, o que é raro. Quem segue a RFC 1337, seção 1, ignora esse RST; no Linux, net.ipv4.tcp_rfc1337 faz isso.',
  },
  ignored: {
    title: 'o receptor o ignorou, e nada veio depois',
    what: 'O número do RST não serve; o receptor não o aceitou. Pode ter enviado um challenge ACK.',
    why: 'Um RST atrasado, ou forjado. Como nada veio depois, o destino da conexão não foi capturado.',
  },
  'cannot-tell': {
    title: 'os pacotes não dizem o motivo',
    what: 'Nenhuma das regras se aplica. É uma resposta honesta: várias causas deixam os mesmos pacotes.',
    why: 'Os logs do programa, ou uma captura no outro lado, talvez digam mais.',
  },
};

export const ignoredTexts: TermTexts['ignored'] = {
  'rst-not-for-syn': {
    title: 'um RST que não confirma o SYN',
    what: 'Em SYN-SENT só vale um RST que confirme o SYN. Este não confirma, e é descartado.',
    why: 'Assim um RST antigo ou forjado não impede uma conexão que está se abrindo.',
  },
  'rst-in-window': {
    title: 'um RST dentro da janela, fora do número esperado',
    what: 'Pode ser verdadeiro ou um palpite: o receptor responde com um challenge ACK e segue. Os sistemas limitam o ritmo dessas respostas.',
    why: 'Um emissor verdadeiro sem a conexão responde a esse ACK com um RST de número exato. Um forjador fora do caminho não consegue.',
  },
  'rst-outside-window': {
    title: 'um RST fora da janela',
    what: 'Seu número não está entre os que o receptor aceita. É descartado sem resposta.',
    why: 'É antigo, ou quem o envia está adivinhando.',
  },
  'rst-refuted': {
    title: 'um RST depois do qual os dois lados seguiram',
    what: 'Pacotes posteriores mostram que o RST não foi aceito: o suposto emissor segue, e é respondido.',
    why: 'Não foi enviado por esse lado, ou não chegou.',
  },
  'syn-in-connection': {
    title: 'um SYN em uma conexão aberta',
    what: 'Pode apenas provocar um challenge ACK; a conexão segue. O número dele não importa.',
    why: 'Se o outro lado foi mesmo reiniciado, ele responde a esse ACK com RST, e fica livre o caminho para uma nova conexão.',
  },
  'syn-in-handshake': {
    title: 'um SYN de outro número em SYN-RECEIVED',
    what: 'Está fora da janela: pode apenas provocar um ACK, e o handshake segue com o primeiro número.',
    why: 'Um SYN antigo, ou dois clientes com o mesmo endereço e porta, por exemplo atrás de um NAT.',
  },
  'syn-ack-unacceptable': {
    title: 'um SYN-ACK que não confirma o SYN',
    what: 'O número de confirmação não é o do SYN mais um. O cliente responde com RST e permanece em SYN-SENT.',
    why: 'Responde a um SYN antigo, ou é forjado: sem ver o SYN, ninguém sabe o número dele.',
  },
  'syn-ack-echo': {
    title: 'um SYN-ACK que ecoa um timestamp que nunca foi enviado',
    what: 'Seu TSecr não é o TSval de nenhum SYN; o Linux responde com RST e permanece em SYN-SENT.',
    why: 'Vem de uma conexão anterior, ou de um equipamento que o inventou.',
  },
  'other-syn-ack': {
    title: 'um segundo SYN-ACK, de outro número',
    what: 'Dois SYN-ACKs de números diferentes respondem a um SYN. Só um deles pode ser aceito.',
    why: 'Dois hosts respondem pelo mesmo endereço, ou um que não guarda estado da primeira resposta.',
  },
  'closed-already': {
    title: 'um SYN-ACK para um lado que já desistiu',
    what: 'O cliente estava em CLOSED quando ele veio. A resposta usual é RST.',
    why: 'A resposta demorou mais que a paciência do programa.',
  },
  'before-syn-ack': {
    title: 'um segmento sem SYN para um lado em SYN-SENT',
    what: 'Em SYN-SENT só têm sentido um SYN, ou um RST que confirme o SYN. O segmento é descartado; com um ACK errado, é respondido com RST.',
    why: 'Trocou de ordem no caminho, ou é de uma conexão anterior.',
  },
  'ack-unacceptable': {
    title: 'uma confirmação do que nunca foi enviado',
    what: 'O número de confirmação vai além de tudo o que o outro lado enviou. Em uma conexão aberta pode provocar um ACK; antes disso, um RST.',
    why: 'Forjado, ou de outra conexão. Ou a captura não tem o que ele confirma.',
  },
  'ack-too-old': {
    title: 'uma confirmação mais antiga do que a janela permite',
    what: 'Confirma menos que o menor número ainda aceitável (SND.UNA menos a maior janela). Pode provocar um challenge ACK.',
    why: 'Dificulta a vida de um forjador que tenta números. Um segmento muito atrasado é igual.',
  },
  'half-open': {
    title: 'um segmento de uma conexão anterior em resposta a um SYN',
    what: 'O outro lado ainda tem uma conexão que este perdeu, e responde ao SYN com os números dela.',
    why: 'Este lado responde com RST, o que termina a antiga; depois o SYN é repetido.',
  },
  'no-ack-flag': {
    title: 'um segmento sem ACK',
    what: 'Com a conexão sincronizada, todo segmento precisa da flag ACK, exceto SYN e RST. Sem ela, é descartado.',
    why: 'Nenhum TCP envia isso: é varredura, ou um programa que monta seus próprios pacotes.',
  },
  'outside-window': {
    title: 'um segmento fora da janela',
    what: 'Nenhum dos seus bytes está entre os que o receptor aceita agora. É descartado e respondido com um ACK dos números esperados.',
    why: 'A janela fechou ou encolheu, ou o segmento é antigo ou de outra conexão.',
  },
  'old-timestamp': {
    title: 'um timestamp mais antigo do que um já aceito',
    what: 'Seu TSval é anterior a um que já foi aceito (PAWS): é descartado e respondido com um ACK.',
    why: 'Os números se repetem a cada 4 GB; o timestamp revela que o segmento é de uma volta anterior. Uma cópia atrasada é igual.',
  },
  'after-fin': {
    title: 'dados depois do próprio FIN',
    what: 'Um lado que enviou FIN não tem mais números. Dados além dele não são aceitos.',
    why: 'Falha de quem envia, ou um segmento forjado.',
  },
  'fin-refuted': {
    title: 'um FIN além do qual os dois lados foram',
    what: 'Quem o enviou continua com o número que o FIN havia ocupado, e o outro lado o confirma. Logo, o FIN não foi aceito: nada vem depois de um que foi.',
    why: 'Foi forjado, ou não chegou.',
  },
  'syn-in-time-wait': {
    title: 'um SYN antigo em TIME-WAIT',
    what: 'Um SYN pode tomar o lugar de uma conexão em TIME-WAIT se o número, ou o timestamp, estiver além do último. Este não está: é respondido com ACK.',
    why: 'Está atrasado, ou é de um cliente que reutiliza as portas com um número menor. Ele responde ao ACK com RST e tenta de novo.',
  },
  malformed: {
    title: 'um cabeçalho TCP impossível',
    what: 'O cabeçalho diz ter menos de 20 bytes, ou mais do que o pacote. É descartado.',
    why: 'Dano, um programa defeituoso, ou um teste de como os sistemas reagem.',
  },
};

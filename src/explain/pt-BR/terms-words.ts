/** General words, as terms. */
import type { MeasureName, TermText, WordName } from '../terms/names.js';

export const wordTexts: Readonly<Record<Exclude<WordName, MeasureName>, TermText>> = {
  handshake: {
    title: 'como uma conexão TCP se abre (three-way handshake)',
    what: 'Cada lado envia um SYN, e cada SYN é confirmado. Como o SYN-ACK leva a confirmação e um SYN, bastam três segmentos: SYN, SYN-ACK, ACK. Daí o nome: handshake de três vias (em alguns livros, apresentação de três vias).',
    why: 'Cada lado fica sabendo o número inicial do outro, e que o outro recebe no seu endereço. Mostra que o sistema responde, não que o programa funciona, nem quem está lá.',
  },
  'SYN-ACK': {
    title: 'o segundo segmento do handshake: SYN e ACK juntos',
    what: 'Diz duas coisas: "recebi seu SYN" (ACK, com o número dele mais um) e "eu conto a partir deste número" (SYN). Quem o envia está em SYN-RECEIVED.',
    why: 'O sistema o envia sozinho, desde que um programa escute; accept() só retira de uma fila uma conexão pronta. Se o ACK não vem, o sistema o repete.',
  },
  'FIN-ACK': {
    title: 'um segmento FIN com a flag ACK, como quase todos',
    what: 'Duas informações no mesmo segmento: "não tenho mais nada a enviar" (FIN) e "recebi os seus bytes até aqui" (ACK). A confirmação pode ser de dados ou do outro FIN: o número dela diz.',
    why: 'Depois do SYN, todo segmento tem a flag ACK, exceto alguns RSTs. Por isso um FIN com ACK não é, por si, resposta a um FIN.',
  },
  'half-close': {
    title: 'um sentido foi encerrado, o outro continua em uso',
    what: 'Um lado enviou FIN, e o outro continua a enviar dados: por exemplo, um cliente que já enviou todo o pedido e lê a resposta. É um encerramento em ordem; o TCP não impõe prazo.',
    why: 'O programa o pede com shutdown() em vez de close(). Os dois enviam o mesmo FIN: só o destino dos dados posteriores os distingue.',
  },
  'half-open': {
    title: 'um lado ainda tem a conexão, o outro já não tem',
    what: 'Conexão meio aberta: um lado caiu ou foi reiniciado e perdeu a conexão; o outro segue em ESTABLISHED e não sabe. Quando o primeiro volta a funcionar, responde com RST ao próximo segmento do outro.',
    why: 'O TCP não envia nada quando não há o que dizer, e a perda pode nunca ser notada; keep-alives a descobrem. Um handshake inacabado é outra coisa (SYN-RECEIVED), embora muitos usem o mesmo nome.',
  },
  ISN: {
    title: 'número de sequência inicial: de onde um lado começa a contar',
    what: 'Cada lado escolhe um número de 32 bits para o seu SYN; o primeiro byte de dados tem o seguinte. Os números exibidos são relativos: seq conta do ISN de quem envia; ack, do ISN do outro lado. --absolute-seq mostra os do cabeçalho.',
    why: 'É difícil de adivinhar, para que ninguém fora do caminho forje segmentos, e novo a cada conexão, para que segmentos antigos não sirvam.',
  },
  MTU: {
    title: 'o maior pacote IP que um enlace aceita',
    what: 'Ethernet: 1.500 bytes, com o cabeçalho IP; loopback do Linux: 65.536. A menor MTU do trajeto é a MTU do caminho.',
    why: 'Um pacote maior é dividido em fragmentos, ou descartado com um erro ICMP que informa a MTU. Se um firewall descarta esse erro, segmentos grandes somem e pequenos passam: um buraco negro.',
  },
  MSL: {
    title: 'tempo máximo de vida de um segmento na rede',
    what: 'O TCP o fixa em 2 minutos. TIME-WAIT dura 2 MSL pela RFC; no Linux, 60 s.',
    why: 'Passado esse tempo, nenhum segmento de uma conexão antiga pode aparecer em uma nova com os mesmos endereços e portas.',
  },
  'round trip': {
    title: 'o tempo de ida e volta (RTT)',
    what: 'De um segmento até o que o confirma, medido no ponto de captura. Um ACK atrasado acrescenta a espera do receptor; por isso o menor valor é o mais próximo do trajeto.',
    why: 'O temporizador de retransmissão depende dele. No cliente, o tempo do SYN ao SYN-ACK é uma ida e volta inteira; no servidor, quase nada.',
  },
  'retransmission timer': {
    title: 'quanto o TCP espera antes de retransmitir (RTO)',
    what: 'Calculado a partir dos tempos de ida e volta e de sua variação; 1 s antes da primeira medida. Dobra cada vez que expira. A RFC pede no mínimo 1 s; o Linux, 200 ms.',
    why: 'Por ele se nota uma perda quando não vêm ACKs. Um ACK a tempo o cancela. O Linux, a partir da versão 6.5, repete os primeiros SYNs a cada segundo antes de dobrar.',
  },
  'accept queue': {
    title: 'conexões já abertas que esperam por accept()',
    what: 'O sistema completa os handshakes sozinho e põe as conexões na fila de accept. listen() define o tamanho dela, o backlog; no Linux, net.core.somaxconn o limita. Handshakes inacabados esperam em outra: a fila de SYN.',
    why: 'Se o programa não chama accept() a tempo, a fila enche. O Linux então descarta o SYN, ou o ACK que completa o handshake, em silêncio: parece perda, e o cliente tenta de novo.',
  },
  'SYN cookie': {
    title: 'o servidor nada guarda de um SYN até a confirmação',
    what: 'O servidor põe no número do seu SYN-ACK tudo o que precisa saber, e não guarda estado. O ACK do cliente traz o número de volta, mais um.',
    why: 'Assim, SYNs forjados não enchem a memória. Os pacotes não mostram se um número é um cookie. O Linux os usa quando a fila de SYN está cheia.',
  },
  loopback: {
    title: 'a interface em que um sistema fala consigo mesmo',
    what: '127.0.0.1 e ::1; no Linux, a interface lo. O handshake, os estados e a ordem dos segmentos são reais, embora nada saia da máquina.',
    why: 'Boa para aprender: vê-se cada segmento, dos dois lados. Os tempos são os do sistema, não os de uma rede; os checksums não são calculados; os segmentos podem ter 64 kB.',
  },
  port: {
    title: 'um número de 0 a 65535 que distingue programas de um host',
    what: 'Servidores escutam em portas conhecidas (80 HTTP, 443 HTTPS); para um cliente o sistema escolhe uma, no Linux de 32768 a 60999 por padrão. Portas TCP e UDP são independentes.',
    why: 'Uma conexão é identificada por quatro valores: os dois endereços e as duas portas. Uma só porta de servidor atende muitos clientes; o servidor não se limita a 65.535 conexões.',
  },
  address: {
    title: 'para onde o IP entrega um pacote: número de uma interface',
    what: 'Endereços IPv4 têm 32 bits (192.0.2.1); endereços IPv6, 128 bits (2001:db8::1). TCP e UDP funcionam do mesmo modo sobre os dois.',
    why: 'O endereço leva ao host; a porta, ao programa. Um host tem vários: um servidor que só escuta em 127.0.0.1 não é alcançado de fora.',
  },
  socket: {
    title: 'uma ponta da comunicação, como o programa a vê',
    what: 'Na RFC: um endereço com uma porta. Nos programas: o que socket() devolve. Um servidor TCP tem um em escuta, e mais um para cada conexão que aceitou.',
    why: 'Um par de sockets é uma conexão. No UDP, um socket pode falar com todos, pois não há conexões.',
  },
  client: {
    title: 'o lado que abre a conexão: envia o primeiro SYN',
    what: 'O programa chama connect() (abertura ativa), e o sistema envia o SYN. Aberta a conexão, qualquer lado pode enviar primeiro, e qualquer lado pode encerrar primeiro.',
    why: 'Só um SYN ou SYN-ACK mostra quem é o cliente. Se nenhum foi capturado, o synfin supõe, e avisa (roles-guessed).',
  },
  server: {
    title: 'o lado que espera conexões: escuta em uma porta',
    what: 'O programa chama listen() em uma porta (abertura passiva); a partir daí o sistema responde aos SYNs. accept() entrega ao programa uma conexão já aberta.',
    why: 'Um handshake mostra que o sistema escuta, não que o programa funciona. Cada cliente aceito tem um socket próprio, na mesma porta.',
  },
  TCP: {
    title: 'um fluxo confiável de bytes entre dois programas',
    what: 'Transmission Control Protocol: abre uma conexão, numera cada byte, confirma, retransmite o que falta, entrega em ordem e adapta o ritmo. Funciona nos dois sentidos ao mesmo tempo.',
    why: 'O IP pode perder, repetir e trocar a ordem de pacotes. O preço: uma ida e volta para abrir, e esperar pelo que falta. As fronteiras entre os envios não são preservadas.',
  },
  UDP: {
    title: 'datagramas avulsos, sem conexão',
    what: 'User Datagram Protocol: portas, um tamanho e um checksum, nada mais. Sem handshake, confirmação, ordem ou encerramento. Um datagrama danificado é descartado; nada o reenvia.',
    why: 'Para o que é curto (DNS), para dados que atrasados não servem (voz), vários receptores (multicast), ou protocolos que cuidam do resto (QUIC).',
  },
  connection: {
    title: 'dois sockets com um estado em comum: números, janelas, opções',
    what: 'É identificada por quatro valores: endereços e portas dos dois lados. Cada lado tem um estado próprio (RFC 9293, seção 3.3.2), e muitas vezes os dois estão em estados diferentes.',
    why: 'Não há um fio através da rede: a conexão só existe na memória dos dois lados, e talvez na de firewalls e NATs no caminho.',
  },
  packet: {
    title: 'o que o IP transporta: cabeçalho e dados, até cerca de 64 kB',
    what: 'Um segmento TCP ou um datagrama UDP viaja em um pacote IP, que viaja em um quadro do enlace. O synfin numera pacotes como o Wireshark numera quadros.',
    why: 'Um envio do programa não é um pacote: o TCP divide e junta como quer. O número do pacote é da captura; o TCP mesmo numera bytes.',
  },
  segment: {
    title: 'o que o TCP envia de cada vez: cabeçalho e dados, se houver',
    what: 'Leva bytes de números consecutivos, a partir de seq, até o MSS do outro lado. SYN, FIN, RST e ACKs sem dados também são segmentos.',
    why: 'O TCP é um fluxo de bytes: o fim de um segmento nada diz sobre mensagens. Na retransmissão, os mesmos bytes podem vir divididos de outro modo.',
  },
  datagram: {
    title: 'uma mensagem UDP: enviada inteira, recebida inteira ou perdida',
    what: 'Um envio é um datagrama, e uma leitura devolve um. O que exceder o buffer do receptor se perde. Um datagrama de 0 byte também é um.',
    why: 'O UDP preserva as fronteiras das mensagens; o TCP, não. Se for grande demais para o caminho, é dividido em fragmentos IP; perdido um deles, perde-se tudo.',
  },
  fragment: {
    title: 'uma parte de um pacote IP grande demais para um enlace',
    what: 'Os fragmentos de um pacote têm a mesma identificação; o receptor os junta, e descarta todos se faltar um. Só o primeiro traz as portas.',
    why: 'O TCP os evita com o MSS e a descoberta da MTU do caminho. No IPv6, só o emissor pode dividir, nunca um roteador. O caso comum são datagramas UDP grandes.',
  },
  multicast: {
    title: 'um datagrama para todos os hosts que entraram em um grupo',
    what: 'Enviado a um endereço de grupo (IPv4 224.0.0.0 a 239.255.255.255, IPv6 ff00::/8). Roteadores e switches o copiam para onde há membros.',
    why: 'mDNS e transmissões de um emissor o usam, sobre UDP. O TCP não pode: uma conexão tem dois lados.',
  },
  broadcast: {
    title: 'um datagrama para todos os hosts de uma rede',
    what: 'Enviado a 255.255.255.255 ou ao último endereço de uma rede IPv4. Roteadores não o repassam a outras redes. O IPv6 não tem broadcast e usa multicast.',
    why: 'Para achar um host cujo endereço não se conhece, como faz o DHCP. O programa precisa pedir permissão (SO_BROADCAST).',
  },
  buffer: {
    title: 'memória do sistema para dados entre programa e rede',
    what: 'send() copia os bytes para o buffer de envio e retorna; o TCP os guarda ali até serem confirmados. O que chega espera no buffer de recepção até o programa ler.',
    why: 'Programa e rede não precisam do mesmo ritmo. O espaço no buffer de recepção limita a janela; quando ele está cheio, a janela é zero.',
  },
  'full duplex': {
    title: 'dados nos dois sentidos ao mesmo tempo',
    what: 'Cada sentido tem seus números, sua janela e seu FIN. Um segmento com dados pode confirmar também o outro sentido.',
    why: 'Assim, qualquer lado pode enviar a qualquer momento, e um sentido pode ser encerrado com o outro em uso.',
  },
  'flow control': {
    title: 'controle de fluxo: o receptor diz quanto aceita',
    what: 'Cada segmento com ACK anuncia uma janela: quantos bytes além do número de confirmação podem ser enviados. Se o programa não lê, ela encolhe, até zero.',
    why: 'Assim um emissor rápido não afoga um programa lento. Protege o receptor; o controle de congestionamento protege a rede.',
  },
  'congestion control': {
    title: 'o emissor se limita para não sobrecarregar a rede',
    what: 'Controle de congestionamento: ele envia no máximo sua janela de congestionamento, que começa com poucos segmentos, cresce a cada ACK (slow start, depois mais devagar) e encolhe com perdas ou marcas ECN.',
    why: 'A janela de congestionamento está na memória do emissor e em nenhum cabeçalho: pelos pacotes, só dá para estimá-la.',
  },
  'delayed ACK': {
    title: 'ACK atrasado: espera um pouco, para ir junto com dados',
    what: 'O receptor pode esperar antes de confirmar, menos de 0,5 s, e deve confirmar ao menos um em cada dois segmentos cheios. No Linux, a espera é de 40 ms ou mais.',
    why: 'Poupa segmentos: a resposta do programa pode levar o ACK. Uma pausa de 40 a 200 ms antes de um ACK sem dados é, muito provavelmente, esse temporizador, não a rede.',
  },
  'Nagle algorithm': {
    title: 'algoritmo de Nagle: pedaços pequenos esperam o ACK',
    what: 'Enquanto algo enviado não foi confirmado, o TCP retém o que não enche um segmento e o envia quando o ACK chega. TCP_NODELAY desativa isso.',
    why: 'Evita muitos segmentos minúsculos. Junto com um ACK atrasado, os dois lados esperam um pelo outro, uns 40 ms no Linux: escreva o pedido de uma só vez, ou use TCP_NODELAY.',
  },
  ICMP: {
    title: 'mensagens do IP sobre erros e alcance',
    what: 'Um roteador ou host que não consegue entregar um pacote pode avisar; a mensagem cita o início do pacote. O synfin a mostra com a conexão ou o fluxo citado.',
    why: 'Pode não chegar, ou vir de um firewall: diz o que quem a enviou quer dizer. O TCP não deve abortar uma conexão aberta por "rede inalcançável" ou "host inalcançável".',
  },
  NAT: {
    title: 'endereços e portas são trocados no caminho',
    what: 'Um roteador troca o endereço privado do cliente, e muitas vezes a porta, pelo seu, e guarda uma tabela para traduzir as respostas de volta. Os números do TCP costumam ficar como estão.',
    why: 'Endereços IPv4 são escassos. A tabela esquece: uma conexão em silêncio por muito tempo pode deixar de ser traduzida. Keep-alives ajudam.',
  },
  firewall: {
    title: 'deixa pacotes passarem ou não, conforme regras',
    what: 'Pode descartar um pacote em silêncio (o cliente fica sem resposta) ou recusá-lo (RST ou erro ICMP). A maioria guarda uma tabela de conexões.',
    why: 'O RST dele pode ser igual ao do servidor. Capturas nos dois lados, ou um TTL diferente, ajudam a distinguir.',
  },
  timeout: {
    title: 'nada veio por tempo demais, e alguém desistiu',
    what: 'O sistema desiste de conectar depois do último SYN (Linux: cerca de dois minutos por padrão); de uma conexão, depois de muitas retransmissões (uns 15 minutos); um programa, quando quiser.',
    why: 'Diz que não veio resposta, não o porquê: host desligado, pacotes descartados por um firewall, resposta perdida. Recusada é outra coisa: alguém disse não.',
  },
  conn_state: {
    title: 'a palavra do Zeek para como foi uma conexão',
    what: 'Uma de S0 S1 SF REJ S2 S3 RSTO RSTR RSTOS0 RSTRH SH SHR OTH. O synfin a escreve pelas regras do Zeek, mesmo onde o seu veredito é outro. O é de originator (cliente); R, de responder (servidor).',
    why: 'Para comparar com logs do Zeek. As regras dele não verificam números de sequência: um RST que o receptor ignorou conta ali.',
  },
  history: {
    title: 'a sequência de letras do Zeek: o que veio, e em que ordem',
    what: 'Uma letra para cada tipo de segmento: maiúscula, do cliente (originator); minúscula, do servidor (responder). ShADadFf: SYN, SYN-ACK, ACK, dados; ACK e dados do servidor; um FIN de cada lado.',
    why: 'Uma conexão inteira em poucas letras. A maioria vem uma vez por lado, e por isso não mostra quantos segmentos houve.',
  },
};

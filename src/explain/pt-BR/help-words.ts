/** The help of commands and what is wrong with their arguments. The key is what the command line says in English. */

const COMMANDS: Readonly<Record<string, string>> = {
  'From SYN to FIN: shows and explains how a TCP connection opened, lived and closed.':
    'Do SYN ao FIN: mostra e explica como uma conexão TCP abriu, viveu e encerrou.',
  'read captures and show their connections (also: synfin FILE)':
    'ler capturas e mostrar suas conexões (também: synfin ARQUIVO)',
  'join parts of a capture, made with analyze --partial, in any order':
    'juntar partes de uma captura, feitas com analyze --partial, em qualquer ordem',
  'walk through the connections of a capture on the whole terminal':
    'percorrer as conexões de uma captura no terminal inteiro',
  'write a page for the browser: all connections, each segment explained':
    'gravar uma página para o navegador: todas as conexões, cada segmento explicado',
  'capture on an interface and show what becomes of each connection':
    'capturar em uma interface e mostrar o resultado de cada conexão',
  'run server and client on loopback and show what goes over the wire':
    'executar servidor e cliente na loopback e mostrar o que passa pela rede',
  'lessons on TCP and UDP, each with commands that are run on the way':
    'lições sobre TCP e UDP, com comandos executados pelo caminho',
  'the TCP demo': 'a demonstração TCP',
  'the UDP demo': 'a demonstração UDP',
  'the TCP demo programs by themselves': 'os programas da demonstração TCP, avulsos',
  'the UDP demo programs by themselves': 'os programas da demonstração UDP, avulsos',
  'listen, print what clients send, and echo it': 'escutar, imprimir o que os clientes enviam e ecoá-lo',
  'connect, send each line typed, print what comes back':
    'conectar, enviar cada linha digitada, imprimir o que volta',
  'print datagrams and who sent them': 'imprimir datagramas e quem os enviou',
  'send each line typed as a datagram': 'enviar cada linha digitada como um datagrama',
  'list interfaces, and whether capturing would work here':
    'listar as interfaces, e se a captura funcionaria aqui',
  'explain a word: a state, flag, field, option, finding, cause, …':
    'explicar uma palavra: um estado, uma flag, um campo, uma opção, um achado, uma causa, …',
  'list what capture formats and layers are read': 'listar os formatos de captura e as camadas que são lidos',
  'print the JSON Schema of --format json': 'imprimir o JSON Schema de --format json',
  'print the script of shell completion': 'imprimir o script de autocompletar do shell',
  'display help for command': 'mostrar a ajuda do comando',
  'ask about a real connection, and say why an answer is right or wrong':
    'perguntar sobre uma conexão real, e dizer por que uma resposta está certa ou errada',
  'print the version': 'imprimir a versão',
  'show help': 'mostrar a ajuda',
};

const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
  'Examples:': 'Exemplos:',
  'All options:': 'Todas as opções:',
  'FILE... | COMMAND': 'ARQUIVO... | COMANDO',
  'What each does:': 'O que cada um faz:',
  'what a word means': 'o que uma palavra quer dizer',
  'Select connections:': 'Escolher conexões:',
  'Show:': 'Mostrar:',
  'Read and save:': 'Ler e salvar:',
  'Read:': 'Ler:',
  'Capture:': 'Capturar:',
  'Watch:': 'Acompanhar:',
  'Stop:': 'Parar:',
  'Save:': 'Salvar:',
  choices: 'valores',
  default: 'padrão',
  'Exit codes: 0 done, 2 wrong use or unreadable, 3 damaged, 70 a fault, 130 Ctrl-C':
    'Códigos de saída: 0 feito, 2 uso errado ou ilegível, 3 danificado, 70 falha interna, 130 Ctrl-C',
};

const ARGUMENTS: Readonly<Record<string, string>> = {
  'the word, e.g. TIME-WAIT, accept queue, S0, 31 or ShADadFf':
    'a palavra, por exemplo TIME-WAIT, accept queue, S0, 31 ou ShADadFf',
  'capture files, folders of them, or - for standard input':
    'arquivos de captura, pastas com eles, ou - para a entrada padrão',
  'capture files, folders of them, or - for standard input; without any, a page that takes dropped ones':
    'arquivos de captura, pastas com eles, ou - para a entrada padrão; sem nenhum, uma página que recebe os que forem arrastados',
  'capture files, or folders of them; or -i for a live capture':
    'arquivos de captura, ou pastas com eles; ou -i para uma captura ao vivo',
  'a capture (default: the recording of the TCP demo)':
    'uma captura (padrão: a gravação da demonstração TCP)',
  'its number or its name; without one, they are listed': 'seu número ou nome; sem isso, todas são listadas',
  'list the lessons': 'listar as lições',
  'run the scenarios of the lesson, where capturing is possible':
    'executar os cenários da lição, onde for possível capturar',
  'questions at most': 'número máximo de perguntas',
  'files made with analyze --partial': 'arquivos feitos com analyze --partial',
  'which packets, as tcpdump takes it: host 10.0.0.5 and port 80':
    'quais pacotes, na forma do tcpdump: host 10.0.0.5 and port 80',
};

const OF_CONNECTIONS: Readonly<Record<string, string>> = {
  "those that match, e.g. 'server.port == 443 && duration > 1s'":
    "as que correspondem, p. ex. 'server.port == 443 && duration > 1s'",
  'refused, not answered, not completed, or reset': 'recusadas, sem resposta, não concluídas ou com reset',
  'ended by RST': 'terminadas por RST',
  'connect time or a response time of at least this, e.g. 200ms':
    'tempo de conexão ou um tempo de resposta de ao menos isto, p. ex. 200ms',
  'this client or server: an address or network, a port, or both':
    'este cliente ou servidor: um endereço ou uma rede, uma porta, ou ambos',
  'the same of the server': 'o mesmo, do servidor',
  'the same of the client': 'o mesmo, do cliente',
  'port of the server': 'porta do servidor',
  'begun between two times (UTC), e.g. 08:53:20 08:54:00':
    'começadas entre dois horários (UTC), p. ex. 08:53:20 08:54:00',
  'these connections, by number, e.g. 3,7-9 (repeatable)':
    'estas conexões, por número, p. ex. 3,7-9 (pode ser repetida)',
  'connections shown at most in a table; 0: all (default: 40)':
    'conexões mostradas no máximo em uma tabela; 0: todas (padrão: 40)',
  'connections followed at the same time': 'conexões acompanhadas ao mesmo tempo',
};

const OF_OUTPUT: Readonly<Record<string, string>> = {
  'how to show it': 'como mostrar',
  'the same as --format json': 'o mesmo que --format json',
  'the same as --format ndjson': 'o mesmo que --format ndjson',
  'write to a file instead of standard output; csv and parquet: further tables next to it':
    'gravar em um arquivo em vez da saída padrão; csv e parquet: outras tabelas ao lado dele',
  'with ndjson, csv and parquet: each TCP segment as well':
    'com ndjson, csv e parquet: também cada segmento TCP',
  'with csv and parquet: this table alone': 'com csv e parquet: só esta tabela',
  'by end, start, connect, response, duration, bytes, retransmissions; groups also by connections, failed, refused, no-answer, reset; largest first, times from the first on; - turns it round':
    'por end, start, connect, response, duration, bytes, retransmissions; grupos também por connections, failed, refused, no-answer, reset; primeiro o maior, tempos a partir do primeiro; - inverte',
  'by end, start, connect, response, duration, bytes, retransmissions; - turns it round':
    'por end, start, connect, response, duration, bytes, retransmissions; - inverte',
  'groups of connections: server, client, pair, server-port, outcome, network/24, second, minute, hour, day':
    'grupos de conexões: server, client, pair, server-port, outcome, network/24, second, minute, hour, day',
  'how often which times come': 'com que frequência ocorre cada tempo',
  'columns of the table, or all; `help` lists them': 'colunas da tabela, ou all; `help` as lista',
  'times in tables; delta: since the row before, in a ladder since the packet before (default: utc; live on a terminal: local)':
    'horários nas tabelas; delta: desde a linha anterior, em um diagrama desde o pacote anterior (padrão: utc; ao vivo em um terminal: local)',
  'times of the list (default: utc)': 'horários da lista (padrão: utc)',
  'raw sequence numbers in place of relative ones': 'números de sequência absolutos em vez de relativos',
  'width of the output (default: that of the terminal, or 80); svg and png: in pixels (920)':
    'largura da saída (padrão: a do terminal, ou 80); svg e png: em pixels (920)',
  'with svg and png: time-sequence, rtt, window, throughput in place of the ladder; of the busier end, or NAME:client, NAME:server':
    'com svg e png: time-sequence, rtt, window, throughput em vez do diagrama; do lado que envia mais, ou NOME:client, NOME:server',
  'colors of svg (default: as the reader has it) and png (light)':
    'cores de svg (padrão: as de quem lê) e png (light)',
  'only ASCII characters': 'só caracteres ASCII',
  'language of the output: en, pt-BR (default: that of the locale)':
    'idioma da saída: en, pt-BR (padrão: o da localidade)',
  'no progress, no hints': 'sem progresso, sem dicas',
  'no bar while a long capture is read': 'sem barra enquanto uma captura longa é lida',
  colors: 'cores',
  'with ndjson: each step of a connection as well': 'com ndjson: também cada etapa de uma conexão',
  'leave the mouse to the terminal, e.g. to select text':
    'deixar o mouse para o terminal, p. ex. para selecionar texto',
  'the page; on a terminal by default named as the capture, else standard output':
    'a página; em um terminal, por padrão com o nome da captura, senão a saída padrão',
  'segments in the page at most (default: 50,000)': 'segmentos na página no máximo (padrão: 50.000)',
  'under each arrow of a ladder, what it says and why': 'sob cada seta do diagrama, o que ela diz e por quê',
  'the connection as a conversation, with its numbers': 'a conexão como uma conversa, com seus números',
  'the connection with this number': 'a conexão com este número',
  'questions at most': 'perguntas no máximo',
  'width of the output (default: that of the terminal, or 80)':
    'largura da saída (padrão: a do terminal, ou 80)',
  'as JSON': 'em JSON',
};

const OF_READING: Readonly<Record<string, string>> = {
  'the same as FILE (repeatable)': 'o mesmo que ARQUIVO (pode ser repetida)',
  'read so many packets': 'ler só esta quantidade de pacotes',
  'write what is read, or the connections that are selected, to a capture file':
    'gravar o que é lido, ou as conexões escolhidas, em um arquivo de captura',
  'go on reading a file that grows, until Ctrl-C': 'continuar a leitura de um arquivo que cresce, até Ctrl-C',
  'write what synfin merge needs to join this part of a capture to the others':
    'gravar o que synfin merge precisa para juntar esta parte de uma captura às outras',
  'with --partial: its place among the parts, where times do not show it':
    'com --partial: seu lugar entre as partes, quando os horários não o mostram',
  'no effect: names are never looked up': 'sem efeito: nomes nunca são consultados',
  'print the facts and comments of each file, on standard error':
    'imprimir os dados e comentários de cada arquivo, na saída de erro',
};

const OF_CAPTURING: Readonly<Record<string, string>> = {
  'interface to capture on, or any for all of them (default: the loopback; `synfin interfaces` lists them)':
    'interface em que capturar, ou any para todas (padrão: a loopback; `synfin interfaces` as lista)',
  'capture on an interface, or any, and show connections as they come':
    'capturar em uma interface, ou any, e mostrar as conexões à medida que chegam',
  'the filter as one word, e.g. "tcp port 80"': 'o filtro como uma só palavra, p. ex. "tcp port 80"',
  'with -i: which packets, e.g. "tcp port 80"': 'com -i: quais pacotes, p. ex. "tcp port 80"',
  'with -i: keep what was captured': 'com -i: guardar o que foi capturado',
  'how to capture': 'como capturar',
  'bytes kept of each packet, 0: all (default: with --write all, else 256, enough for all headers)':
    'bytes guardados de cada pacote, 0: todos (padrão: com --write, todos; senão 256, o bastante para todos os cabeçalhos)',
  'size of the kernel buffer': 'tamanho do buffer do kernel',
  'also packets that are not for this machine': 'também pacotes que não são para esta máquina',
  'which packets': 'quais pacotes',
  'all words, or those of a kind: --list states': 'todas as palavras, ou as de um tipo: --list states',
  'keep root rights after the interface is open': 'manter os privilégios de root depois de abrir a interface',
  'lines of these connections only: failed, reset, slow (1 s or more)':
    'só linhas destas conexões: failed, reset, slow (1 s ou mais)',
  'a line for each step, not for each outcome (ndjson: as well); so do the next three':
    'uma linha por etapa, não por resultado (ndjson: também); as três seguintes, idem',
  'show each segment as an arrow as it comes': 'mostrar cada segmento como uma seta assim que chega',
  'show the process at either end, where the kernel reports it':
    'mostrar o processo de cada lado, quando o kernel o informa',
  "show the kernel's own state of each socket next to the inferred one":
    'mostrar o estado de cada socket segundo o kernel, ao lado do deduzido',
  'show what comes on a page of this machine, in the browser':
    'mostrar o que chega em uma página desta máquina, no navegador',
  'with --web: print the address of the page, and open no browser':
    'com --web: imprimir o endereço da página, sem abrir o navegador',
  'after this many packets': 'depois desta quantidade de pacotes',
  'after this many connections are over': 'depois desta quantidade de conexões terminadas',
  'after this time': 'depois deste tempo',
  'when nothing came for this long': 'quando nada chegou durante este tempo',
  'save what was captured': 'salvar o que foi capturado',
  'begin a new file at a size or after a time, e.g. 100MB, 60s':
    'começar um novo arquivo em um tamanho ou depois de um tempo, p. ex. 100MB, 60s',
  'with --rotate: keep only the newest files': 'com --rotate: guardar só os arquivos mais novos',
};

const OF_DEMOS: Readonly<Record<string, string>> = {
  'what the two do with each other': 'o que os dois fazem um com o outro',
  'list the scenarios': 'listar os cenários',
  'list the scenarios of both': 'listar os cenários dos dois',
  'bytes kept of each packet, 0: all (default: with --write all, else 256)':
    'bytes guardados de cada pacote, 0: todos (padrão: com --write, todos; senão, 256)',
  'loopback address to use': 'endereço de loopback a usar',
  'show the recording that comes with synfin instead of capturing':
    'mostrar a gravação que vem com o synfin em vez de capturar',
  'show it on a page of this machine, in the browser, as it happens':
    'mostrar em uma página desta máquina, no navegador, enquanto acontece',
  'address or name (default: HOST from the environment, or 127.0.0.1)':
    'endereço ou nome (padrão: HOST do ambiente, ou 127.0.0.1)',
  'port (default: PORT from the environment, or 7777)': 'porta (padrão: PORT do ambiente, ou 7777)',
  'do not answer': 'não responder',
  'close first, after this many messages': 'encerrar primeiro, depois desta quantidade de mensagens',
  'send lines of its own at this interval, while clients talk':
    'enviar linhas próprias neste intervalo, enquanto os clientes falam',
  'send this first (repeatable)': 'enviar isto primeiro (pode ser repetida)',
  'close after the messages are answered, without reading lines':
    'encerrar depois que as mensagens forem respondidas, sem ler linhas',
  'whom to answer': 'a quem responder',
  'send this instead of what is typed (repeatable)':
    'enviar isto em vez do que é digitado (pode ser repetida)',
  'how long to wait for answers': 'quanto tempo esperar por respostas',
  'use a connected socket, which learns of ICMP errors':
    'usar um socket conectado, que fica sabendo de erros ICMP',
};

const EXAMPLES: Readonly<Record<string, string>> = {
  'what failed, what stands out, how long it took': 'o que falhou, o que se destaca, quanto tempo levou',
  'which servers refuse or do not answer': 'quais servidores recusam ou não respondem',
  'what is slow to connect or to answer': 'o que demora para conectar ou responder',
  'one connection, segment by segment': 'uma conexão, segmento por segmento',
  'cut out what matches': 'recortar o que corresponde',
  'read what another program captures': 'ler o que outro programa captura',
  'each part, on any machine': 'cada parte, em qualquer máquina',
  'joined as if it had been one': 'juntas como se fosse uma só captura',
  'the list; Enter for a ladder, / to filter, ? for all keys':
    'a lista; Enter para um diagrama, / para filtrar, ? para todas as teclas',
  'begin with these, in this order': 'começar por estas, nesta ordem',
  'connections as they come': 'conexões à medida que chegam',
  'a page that needs no network, for all connections':
    'uma página que não precisa de rede, com todas as conexões',
  'those that failed': 'as que falharam',
  'a page that takes captures dropped on it': 'uma página que recebe capturas arrastadas para ela',
  'the loopback, until Ctrl-C': 'a loopback, até Ctrl-C',
  'an interface, with a filter of tcpdump': 'uma interface, com um filtro do tcpdump',
  'only what fails or takes a second': 'só o que falha ou leva um segundo',
  'save it, and end after 10 connections': 'salvar, e parar depois de 10 conexões',
  'a state; case, spaces, - and _ do not matter': 'um estado; maiúsculas, espaços, - e _ não importam',
  "a number of Wireshark's completeness": 'um número da completeness do Wireshark',
  "Zeek's history, letter by letter": 'a history do Zeek, letra por letra',
  'all words of a kind': 'todas as palavras de um tipo',
  'a handshake and a close, as they are captured': 'um handshake e um encerramento, enquanto são capturados',
  'the other scenarios': 'os outros cenários',
  'without the right to capture': 'sem permissão para capturar',
};

const HELP: ReadonlyMap<string, string> = new Map(
  [
    COMMANDS,
    HEADINGS,
    ARGUMENTS,
    OF_CONNECTIONS,
    OF_OUTPUT,
    OF_READING,
    OF_CAPTURING,
    OF_DEMOS,
    EXAMPLES,
  ].flatMap((table) => Object.entries(table)),
);

/** What has no translation stays in English. */
export function helpText(english: string): string {
  return HELP.get(english) ?? english;
}

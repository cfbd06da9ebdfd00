/** What `synfin formats`, `synfin interfaces` and `--columns help` list, by its English text. */

const COLUMNS: Readonly<Record<string, string>> = {
  'of UDP flows': 'de fluxos UDP',
  'number of the flow, from 0, by first packet': 'número do fluxo, a partir de 0, pelo primeiro pacote',
  'IPv4 or IPv6 address; the client sent first': 'endereço IPv4 ou IPv6; o cliente enviou primeiro',
  'UDP port': 'porta UDP',
  'from the first datagram to the last': 'do primeiro datagrama ao último',
  'datagrams of the client': 'datagramas do cliente',
  'payload bytes of the client': 'bytes de dados do cliente',
  'datagrams of the server': 'datagramas do servidor',
  'payload bytes of the server': 'bytes de dados do servidor',
  'the server sent something': 'o servidor enviou algo',
  '`index` of the multicast or broadcast flow that it answers':
    '`index` do fluxo multicast ou broadcast a que responde',
  'packet of the ICMP error that answered it': 'pacote do erro ICMP que o respondeu',
  'address of its sender': 'endereço de quem o enviou',
  'ICMP type': 'tipo ICMP',
  'ICMP code': 'código ICMP',
  'in a word, e.g. port-unreachable': 'em uma palavra, p. ex. port-unreachable',
  'Columns of the table': 'Colunas da tabela',
  'Fields, by their names in the JSON': 'Campos, pelo nome que têm no JSON',
  'number of the connection, from 0, by first packet':
    'número da conexão, a partir de 0, pelo primeiro pacote',
  'IPv4 or IPv6 address': 'endereço IPv4 ou IPv6',
  'TCP port': 'porta TCP',
  'who is client is known from': 'de onde se sabe quem é o cliente',
  'VLANs and tunnels around it, outermost first': 'VLANs e túneis em volta, de fora para dentro',
  'number in the capture, from 1': 'número na captura, a partir de 1',
  'time of the first packet': 'horário do primeiro pacote',
  'from the first packet to the last': 'do primeiro pacote ao último',
  'who closed, reset or refused it': 'quem a encerrou, abortou ou recusou',
  'refused, no-answer, not-completed or reset': 'refused, no-answer, not-completed ou reset',
  'whether it opened': 'se abriu',
  'SYNs of the client': 'SYNs do cliente',
  'SYN-ACKs of the server': 'SYN-ACKs do servidor',
  'first SYN to the completing ACK': 'do primeiro SYN ao ACK que completa o handshake',
  'first SYN to the last: what its retries cost': 'do primeiro SYN ao último: o que custou repeti-lo',
  'last SYN to the SYN-ACK': 'do último SYN ao SYN-ACK',
  'first SYN-ACK to the last': 'do primeiro SYN-ACK ao último',
  'last SYN-ACK to the completing ACK': 'do último SYN-ACK ao ACK que completa o handshake',
  'where the capture was made': 'onde a captura foi feita',
  'whose part of the handshake was slow': 'de quem foi a parte lenta do handshake',
  "MSS in the client's SYN": 'MSS no SYN do cliente',
  "shift in the client's SYN": 'escala da janela no SYN do cliente',
  'SACK permitted': 'SACK permitido',
  timestamps: 'timestamps',
  'Multipath TCP': 'Multipath TCP',
  'MD5 signature (RFC 2385)': 'assinatura MD5 (RFC 2385)',
  'authentication option (RFC 5925)': 'opção de autenticação (RFC 5925)',
  'user timeout (RFC 5482)': 'tempo limite do usuário (RFC 5482)',
  "MSS in the server's SYN": 'MSS no SYN do servidor',
  "shift in the server's SYN": 'escala da janela no SYN do servidor',
  'largest segment that the client may send': 'maior segmento que o cliente pode enviar',
  'largest segment that the server may send': 'maior segmento que o servidor pode enviar',
  "agreed shift of the client's windows, 0 without scaling":
    'escala acordada das janelas do cliente; 0: sem escala',
  "agreed shift of the server's windows, 0 without scaling":
    'escala acordada das janelas do servidor; 0: sem escala',
  'both permit SACK': 'os dois permitem SACK',
  'both send timestamps': 'os dois enviam timestamps',
  agreed: 'acordado',
  'both speak Multipath TCP': 'os dois usam Multipath TCP',
  'both FINs acknowledged, or an accepted RST': 'os dois FINs confirmados, ou um RST aceito',
  'whose FIN or accepted RST came first': 'de quem veio primeiro o FIN, ou um RST aceito',
  'first FIN to the last data sent the other way': 'do primeiro FIN aos últimos dados no outro sentido',
  'payload sent the other way after the first FIN': 'dados enviados no outro sentido depois do primeiro FIN',
  'who sent RST': 'quem enviou RST',
  'packet of that RST': 'pacote desse RST',
  'its receiver took it': 'o receptor o aceitou',
  'causes that the packets do not exclude either, with spaces between':
    'causas que os pacotes também não excluem, separadas por espaços',
  'who ends in TIME-WAIT': 'quem termina em TIME-WAIT',
  'until when on Linux, unless it is reused': 'até quando no Linux, se não for reutilizada antes',
  "the client's last state (RFC 9293)": 'último estado do cliente (RFC 9293)',
  "the server's last state (RFC 9293)": 'último estado do servidor (RFC 9293)',
  "Wireshark's tcp.completeness": 'tcp.completeness do Wireshark',
  "Zeek's history": 'history do Zeek',
  "Zeek's conn_state": 'conn_state do Zeek',
  'segments of the client': 'segmentos do cliente',
  'segments of the server': 'segmentos do servidor',
  'payload bytes, retransmissions included': 'bytes de dados, com as retransmissões',
  'retransmitted segments': 'segmentos retransmitidos',
  'payload of these': 'dados destes',
  'segments out of order': 'segmentos fora de ordem',
  'duplicate ACKs': 'ACKs duplicados',
  'zero windows': 'janelas zero',
  'keep-alives': 'keep-alives',
  'its segments to their ACKs, delayed ones too: the least':
    'dos segmentos aos seus ACKs, atrasados ou não: o menor tempo',
  'the median': 'a mediana',
  'the most': 'o maior',
  'how many were measured': 'quantos foram medidos',
  'last window, as in the header': 'última janela, como no cabeçalho',
  'last window, scaled': 'última janela, já com a escala',
  'requests whose answer was timed': 'pedidos cuja resposta foi cronometrada',
  'last byte of the first request to the first byte of its answer':
    'do último byte do primeiro pedido ao primeiro byte da resposta',
  'the median of these times': 'a mediana desses tempos',
  'the longest': 'o mais longo',
  'longest time without a packet': 'maior tempo sem pacotes',
  'findings of all codes': 'achados de todos os códigos',
};

const FORMATS: Readonly<Record<string, string>> = {
  Containers: 'Formatos',
  'microseconds and nanoseconds, both byte orders, versions 2.0 to 2.4, frame check':
    'microssegundos e nanossegundos, as duas ordens de bytes, versões 2.0 a 2.4, FCS;',
  'sequences; also modified (Kuznetzov), Nokia, Red Hat 6.1, SuSE 6.3':
    'também modificado (Kuznetzov), Nokia, Red Hat 6.1, SuSE 6.3',
  'all sections and interfaces, any time resolution and offset; enhanced, simple and':
    'todas as seções e interfaces, qualquer resolução de tempo; blocos de pacote enhanced,',
  'obsolete packet blocks, statistics, comments (--verbose); other blocks are skipped':
    'simple e obsoletos, estatísticas, comentários (--verbose); outros são pulados',
  'around either, known by content, several members or frames;':
    'em volta de qualquer um, reconhecidos pelo conteúdo, com vários membros ou quadros;',
  'zstd windows to 128 MiB': 'zstd com janelas de até 128 MiB',
  'not read': 'não lidos',
  'xz, bzip2, zip: unpack first; snoop, NetMon, ERF files: convert with editcap':
    'xz, bzip2, zip: descompacte antes; snoop, NetMon, ERF: converta com editcap',
  From: 'De onde',
  'FILE...': 'ARQUIVO...',
  'one or several, merged in time order; a folder stands for the captures in it':
    'um ou vários, unidos na ordem do tempo; uma pasta vale pelas capturas que contém',
  'standard input, e.g. ssh HOST tcpdump -U -w - | synfin analyze -':
    'entrada padrão, p. ex. ssh HOST tcpdump -U -w - | synfin analyze -',
  'a named pipe': 'um FIFO',
  'read as it flows': 'lido à medida que chega',
  'a file that grows': 'um arquivo que cresce',
  'an interface': 'uma interface',
  'Written (--write)': 'Gravados (--write)',
  'names that end in .pcap, .cap, .dmp: nanoseconds, one link type':
    'nomes que terminam em .pcap, .cap, .dmp: nanossegundos, um tipo de enlace',
  'other names: nanoseconds, interfaces and their names, directions, losses':
    'outros nomes: nanossegundos, interfaces e seus nomes, sentidos, perdas',
  'Link types': 'Tipos de enlace',
  'ATM, LLC and VC multiplexed': 'ATM, multiplexação LLC e VC',
  'raw IP': 'IP puro',
  'raw IPv4': 'IPv4 puro',
  'raw IPv6': 'IPv6 puro',
  'OpenBSD pflog before 3.4': 'OpenBSD pflog anterior ao 3.4',
  'PPP or Cisco HDLC': 'PPP ou Cisco HDLC',
  'PPPoE session': 'sessão PPPoE',
  'Linux classical IP over ATM': 'Linux, IP clássico sobre ATM',
  'IEEE 802.11 with Prism header': 'IEEE 802.11 com cabeçalho Prism',
  'IP over Fibre Channel': 'IP sobre Fibre Channel',
  'IEEE 802.11 with radiotap header': 'IEEE 802.11 com cabeçalho radiotap',
  'Apple IP over IEEE 1394': 'Apple, IP sobre IEEE 1394',
  'IEEE 802.11 with AVS header': 'IEEE 802.11 com cabeçalho AVS',
  'Juniper voice': 'Juniper, voz',
  'per-packet information (PPI)': 'informações por pacote (PPI)',
  'PPP with direction': 'PPP com sentido',
  'Cisco HDLC with direction': 'Cisco HDLC com sentido',
  'frame relay with direction': 'frame relay com sentido',
  'Ethernet with netANALYZER header': 'Ethernet com cabeçalho netANALYZER',
  'Ethernet with netANALYZER header and preamble': 'Ethernet com cabeçalho netANALYZER e preâmbulo',
  'IP over InfiniBand': 'IP sobre InfiniBand',
  'Ethernet with preamble (mPacket)': 'Ethernet com preâmbulo (mPacket)',
  'Below IP': 'Abaixo do IP',
  Tunnels: 'Túneis',
  'Above IP': 'Acima do IP',
  Limits: 'Limites',
  'also bridged in SNAP': 'também em ponte, por SNAP',
  '802.1Q, 802.1ad, 0x9100, 0x9200; the VLAN ids tell connections apart':
    '802.1Q, 802.1ad, 0x9100, 0x9200; os números de VLAN distinguem conexões',
  'stepped over': 'pulado',
  'stepped over; VLANs within': 'pulado; com as VLANs dentro dele',
  '802.1ah; the service id tells connections apart': '802.1ah; o número do serviço distingue conexões',
  'IP, and Ethernet pseudo-wires with and without control word':
    'IP, e pseudo-wires Ethernet com e sem palavra de controle',
  'unfragmented; compressed TCP headers are not undone':
    'sem fragmentos; cabeçalhos TCP comprimidos não são desfeitos',
  'data frames: QoS, four addresses, all packets of an A-MSDU; not encrypted ones':
    'quadros de dados: QoS, quatro endereços, todos os pacotes de um A-MSDU; cifrados, não',
  'fragments put together, source routes, total length 0 of offload and BIG TCP':
    'fragmentos remontados, rotas de origem, comprimento total 0 de offload e BIG TCP',
  'extension headers, routing, fragments put together, jumbograms':
    'cabeçalhos de extensão, roteamento, fragmentos remontados, jumbogramas',
  'stepped over; ESP is not decoded': 'pulado; ESP não é decodificado',
  'deflate; other algorithms, and packets cut short, are only counted':
    'deflate; outros algoritmos e pacotes cortados são só contados',
  'checksum, key, sequence, routing; transparent Ethernet, NVGRE, EoIP, WCCP, Aruba':
    'checksum, chave, sequência, roteamento; Ethernet transparente, NVGRE, EoIP, WCCP, Aruba',
  'GRE version 1': 'GRE versão 1',
  'types I, II and III': 'tipos I, II e III',
  'MPLS in IP': 'MPLS em IP',
  'IP in IP, 6in4, 4in6, 6in6, EtherIP, MPLS in IP': 'IP em IP, 6in4, 4in6, 6in6, EtherIP, MPLS em IP',
  'GTP version 0': 'GTP versão 0',
  'LISP data': 'dados de LISP',
  'GRE in UDP': 'GRE em UDP',
  'CAPWAP data': 'dados de CAPWAP',
  'MPLS in UDP': 'MPLS em UDP',
  'VXLAN (old Linux port)': 'VXLAN (porta antiga do Linux)',
  'header and options, followed as connections': 'cabeçalho e opções, acompanhado como conexões',
  'followed as flows': 'acompanhado como fluxos',
  'errors: reported with the TCP connection or UDP flow that they quote':
    'erros: relatados com a conexão TCP ou o fluxo UDP que citam',
  other: 'outros',
  'counted and named': 'contados, pelo nome',
  records: 'registros',
  '256 KiB, or the snap length of the file up to 128 MiB; pcapng blocks 16 MiB':
    '256 KiB, ou o snaplen do arquivo até 128 MiB; blocos de pcapng 16 MiB',
  interfaces: 'interfaces',
  '65,536 in a section': '65.536 em uma seção',
  headers: 'cabeçalhos',
  '16 within each other; 65,536 different VLANs and tunnels':
    '16 um dentro do outro; 65.536 VLANs e túneis diferentes',
  fragments: 'fragmentos',
  '16 MiB and 4,096 datagrams that wait, each for 30 seconds of the capture':
    '16 MiB e 4.096 datagramas à espera, cada um por 30 segundos da captura',
  reported: 'relatados',
  '100 warnings and 1,000 comments of each file': '100 avisos e 1.000 comentários de cada arquivo',
  'provider backbone bridging': 'provider backbone bridging',
};

/** What a field, format, layer or limit is; names of protocols are the same. */
export function listingText(english: string): string {
  return COLUMNS[english] ?? FORMATS[english] ?? english.replace(/^UDP port (?=\d+$)/, 'porta UDP ');
}

/** State and use of an interface: `up, loopback` and `can capture (libpcap)`. `backend`: null where nothing captures. */
export function interfaceStateText(up: boolean, loopback: boolean): string {
  return `${up ? 'ativa' : 'inativa'}${loopback ? ', loopback' : ''}`;
}

export function canCaptureText(backend: string | null): string {
  return backend === null ? 'não pode capturar' : `pode capturar (${backend})`;
}

/** Several interfaces with the same trouble. */
export function interfacesDown(names: string): string {
  return `${names}: ${names.includes(', ') ? 'inativas' : 'inativa'}.`;
}

export function interfacesNotPermitted(names: string, reason: string | null): string {
  return `${names}: este usuário não tem permissão${reason === null ? '' : ` (${reason})`}.`;
}

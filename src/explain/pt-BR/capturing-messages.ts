/** Errors and notes about capturing, and about what a demo needs, in Portuguese. */
import type { Pattern } from './message-pattern.js';

export const CAPTURING_MESSAGES: readonly Pattern[] = [
  [/The capture source (\S+) cannot be used here: /, 'A fonte de captura $1 não pode ser usada aqui: '],
  [/The capture source (\S+) cannot do that: /, 'A fonte de captura $1 não faz isso: '],
  [/Capturing on (.*?) with (\S+) failed: /, 'A captura em $1 com $2 falhou: '],
  [/Try --backend libpcap\./, 'Tente --backend libpcap.'],
  [/the npm package (\S+) is not installed/, 'o pacote npm $1 não está instalado'],
  [/the npm package (\S+) is not built/, 'o pacote npm $1 não foi compilado'],
  [/the npm package (\S+) has no build for this machine/, 'o pacote npm $1 não tem versão para esta máquina'],
  [/(cap|dumpcap) cannot choose a direction/, '$1 não escolhe o sentido'],
  [/the capture helper is not compiled/, 'o processo auxiliar de captura não está compilado'],
  [/no pipe to the capture helper/, 'sem pipe para o processo auxiliar de captura'],
  [/the capture helper could not be started/, 'não foi possível iniciar o processo auxiliar de captura'],
  [/the capture helper did not answer/, 'o processo auxiliar de captura não respondeu'],
  [/the capture helper ended before it began/, 'o processo auxiliar de captura terminou antes de começar'],
  [/not offered on (\S+)/, 'não disponível em $1'],
  [/libpcap was not found/, 'a libpcap não foi encontrada'],
  [/the filter could not be set: /, 'não foi possível aplicar o filtro: '],
  [
    /the stream to the main process could not be opened/,
    'não foi possível abrir o canal para o processo principal',
  ],
  [/direction cannot be chosen here/, 'o sentido não pode ser escolhido aqui'],
  [
    /direction has no meaning on the loopback: all packets are captured/,
    'na loopback o sentido não se aplica: todos os pacotes são capturados',
  ],
  [
    /Root privileges could not be given up for user (\d+)\./,
    'Não foi possível abandonar os privilégios de root em favor do usuário $1.',
  ],
  [
    /Root privileges could not be given up for the user nobody\./,
    'Não foi possível abandonar os privilégios de root em favor do usuário nobody.',
  ],
  [/Root privileges could not be given up\./, 'Não foi possível abandonar os privilégios de root.'],
  [/this user may not run (\S+)/, 'este usuário não pode executar $1'],
  [/There is no way to capture here\./, 'Não há como capturar aqui.'],
  [/(tcpdump|dumpcap) ended without a word/, '$1 terminou sem dizer por quê'],
  [/(\S+) was skipped: /, '$1 foi deixado de lado: '],
  [
    /(?:this|the) kernel counts each loopback packet twice(?: for (\w+))?: losses are halved/,
    'o kernel conta em dobro cada pacote da loopback: as perdas são divididas por dois',
  ],
  [
    /capabilities are kept: koffi is not there to give them up/,
    'as capabilities são mantidas: falta koffi para abandoná-las',
  ],
  [
    /root is kept: tcpdump cannot become user (\d+)/,
    'root é mantido: tcpdump não consegue passar ao usuário $1',
  ],
  [
    /root is kept: there is no setpriv to run dumpcap with less/,
    'root é mantido: não há setpriv para executar dumpcap com menos privilégios',
  ],
  [
    /losses are unknown: cap does not report them, and koffi is not there to ask/,
    'perdas desconhecidas: cap não as informa, e falta koffi para perguntar',
  ],
  [
    /cap gives no kernel timestamps: times are those at which packets reached this program/,
    'cap não dá timestamps do kernel: os horários são os da chegada a este programa',
  ],
  [
    /dumpcap passes packets on up to 0\.25 s late, and reports its losses at the end/,
    'dumpcap entrega pacotes com até 0,25 s de atraso e informa as perdas no fim',
  ],
  [/The interface (.*?) was taken down\./, 'A interface $1 foi desativada.'],
  [/The interface (.*?) is gone\./, 'A interface $1 não existe mais.'],
  [
    /This root lacks the capability CAP_NET_RAW: run it where root has it\./,
    'Este root não tem a capability CAP_NET_RAW: execute onde root a tenha.',
  ],
  [/Start the container with --cap-add NET_RAW/, 'Inicie o contêiner com --cap-add NET_RAW'],
  [/\(from its documentation, untried\)/g, '(conforme a documentação, não testado)'],
  [/(\S+) brings it along, or has no package of it\./, '$1 já o traz, ou não tem pacote dele.'],
  [/Install it: /, 'Instale-o: '],
  [/Build it: /, 'Compile-o: '],
  [/It is built on this machine\. /, 'Ele é compilado nesta máquina. '],
  // of demos
  [
    /This scenario needs a network namespace of its own, which only Linux has\./,
    'Este cenário precisa de um namespace de rede próprio, que só o Linux tem.',
  ],
  [
    /This scenario needs a network namespace of its own: only root may make one\./,
    'Este cenário precisa de um namespace de rede próprio: só root pode criar um.',
  ],
  [
    /This scenario needs a network namespace of its own, which cannot be made here: /,
    'Este cenário precisa de um namespace de rede próprio, que não pode ser criado aqui: ',
  ],
  [
    /This scenario needs the program (\S+), which is not installed\./,
    'Este cenário precisa do programa $1, que não está instalado.',
  ],
  [
    /This scenario needs the npm package koffi, which is not installed or not built for this machine\./,
    'Este cenário precisa do pacote npm koffi, que não está instalado ou não tem versão para esta máquina.',
  ],
  [
    /This scenario needs IPv6 on the loopback: ::1 cannot be used/,
    'Este cenário precisa de IPv6 na loopback: ::1 não pode ser usado',
  ],
  [/This scenario needs Linux\./, 'Este cenário precisa do Linux.'],
  [/Install the package (\S+)\./, 'Instale o pacote $1.'],
  [/On Linux: /, 'No Linux: '],
  [/This system has no TCP Fast Open for clients\./, 'Este sistema não tem TCP Fast Open para clientes.'],
  [
    /The queue of connections cannot be filled on this system\./,
    'A fila de conexões não pode ser enchida neste sistema.',
  ],
  [/(net\.ipv4\.\S+) cannot be set here\./, '$1 não pode ser definido aqui.'],
  [/The network of this scenario cannot be set up: /, 'A rede deste cenário não pode ser preparada: '],
  [
    /This scenario runs in a network namespace of its own only\./,
    'Este cenário só é executado em um namespace de rede próprio.',
  ],
  [
    /This call does not reach the network namespace of this scenario\./,
    'Esta chamada não alcança o namespace de rede deste cenário.',
  ],
  [
    /A browser does not reach the network namespace of this scenario\./,
    'Um navegador não alcança o namespace de rede deste cenário.',
  ],
  [/The server has no port\./, 'O servidor não tem porta.'],
  [/Capturing on (.*?) is not permitted for this user/, 'Este usuário não tem permissão para capturar em $1'],
  [/There is no interface (.*?) to capture on\./, 'Não existe a interface $1 para capturar.'],
  [/The interface (.*?) is down\./, 'A interface $1 está inativa.'],
  [/The filter (.*?) is not valid: /, 'O filtro $1 não é válido: '],
  [
    /Filters are written in libpcap's language, e\.g\. (.*?): man pcap-filter\./,
    'Filtros são escritos na linguagem da libpcap, p. ex. $1: man pcap-filter.',
  ],
  [
    /Run it as root \(root is given up again once the interface is open\):/,
    'Execute como root (os privilégios são abandonados assim que a interface é aberta):',
  ],
  [/Run it as root:/, 'Execute como root:'],
  [
    /Or for good, with dumpcap \(answer yes, then log in again\):/,
    'Ou em definitivo, com dumpcap (responda sim e entre de novo na sessão):',
  ],
  [
    /Or for good, with dumpcap \(then log in again\):/,
    'Ou em definitivo, com dumpcap (depois entre de novo na sessão):',
  ],
  [/synfin browse needs a terminal: /, 'synfin browse precisa de um terminal: '],
  [/standard output is not a terminal/, 'a saída padrão não é um terminal'],
  [/standard input is not a terminal/, 'a entrada padrão não é um terminal'],
  [/(\S+) is not installed(?=\.|$)/m, '$1 não está instalado'],
];

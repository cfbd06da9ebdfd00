/** Single segments and whole-connection findings as sentences. */
import type { Fill, IgnoredBecause, LadderSegment } from '../../track/memory/extras.js';
import type { Finding } from '../../track/memory/finding-log.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { endName } from './ends.js';
import { icmpText, icmpWords } from './icmp.js';
import { agreeing } from './noun-forms.js';
import { pathMtuSentence } from './path-mtu.js';
import { byteCount, count, durationText, grouped } from './quantities.js';
import { twinFindingSentence } from './twin-sentences.js';

/** Why a receiver ignores a segment, to follow "visto, mas ignorado pelo receptor: ". */
const IGNORED: Readonly<Record<IgnoredBecause, string>> = {
  'rst-not-for-syn': 'o RST não confirma o SYN dele (RFC 9293 3.10.7.3)',
  'rst-in-window': 'o RST não está no número esperado; pode provocar um challenge ACK (RFC 5961 3.2)',
  'rst-outside-window': 'o RST está fora da janela (RFC 9293 3.5.3)',
  'rst-refuted': 'os dois lados seguem em frente: o RST não foi enviado por este lado, ou não chegou',
  'syn-in-connection': 'um SYN em conexão aberta pode apenas provocar um challenge ACK (RFC 5961 4.2)',
  'syn-in-handshake':
    'um SYN com outro número, fora da janela de SYN-RECEIVED, pode apenas provocar um ACK (RFC 9293 3.10.7.4)',
  'syn-ack-unacceptable': 'o SYN-ACK não confirma o SYN dele; a resposta é um RST (RFC 9293 3.10.7.3)',
  'syn-ack-echo': 'o SYN-ACK ecoa um timestamp que o SYN dele não tinha (RFC 7323 3.2)',
  'other-syn-ack': 'outro SYN-ACK com outro número: só um deles pode ser aceito',
  'closed-already': 'o receptor já havia desistido da conexão',
  'before-syn-ack': 'veio antes do SYN-ACK: em SYN-SENT é descartado (RFC 9293 3.10.7.3)',
  'ack-unacceptable':
    'confirma mais do que foi enviado; a resposta é um ACK ou RST (RFC 9293 3.10.7.3 e 3.10.7.4)',
  'ack-too-old': 'sua confirmação é mais antiga do que a janela permite; pode provocar um ACK (RFC 5961 5.2)',
  'half-open': 'pertence a uma conexão antiga que o emissor ainda tem (RFC 9293 3.5.1)',
  'no-ack-flag': 'um segmento sem ACK é descartado (RFC 9293 3.10.7.4)',
  'outside-window': 'está fora da janela; a resposta é um ACK (RFC 9293 3.10.7.4)',
  'old-timestamp': 'seu timestamp é mais antigo que o do que chegou antes (PAWS, RFC 7323 5.3)',
  'after-fin': 'seus dados vêm depois do próprio FIN (RFC 9293 3.10.7.4)',
  'fin-refuted': 'os dois lados vão além dele: o FIN não foi enviado por este lado, ou não chegou',
  'syn-in-time-wait':
    'seu número não está além do último, por isso TIME-WAIT responde com um ACK (RFC 9293 3.10.7.4)',
  malformed: 'seu cabeçalho TCP é malformado',
};

export function ignoredSentence(because: IgnoredBecause): string {
  return IGNORED[because];
}

const FINDINGS: Readonly<Record<string, string>> = {
  retransmission: 'retransmissão de bytes já enviados',
  'fast-retransmission': 'retransmissão rápida: após ACKs duplicados',
  'spurious-retransmission':
    'retransmissão desnecessária: seu ACK já havia passado por aqui, mas não havia chegado a tempo ao emissor',
  'out-of-order': 'fora de ordem',
  'lost-segment': 'segmento anterior ainda não capturado',
  'ack-lost-segment': 'confirma bytes que não foram capturados',
  'duplicate-ack': 'ACK duplicado',
  'keep-alive': 'keep-alive: pergunta se o outro lado ainda está lá',
  'keep-alive-ack': 'ACK de keep-alive: responde a um keep-alive',
  'zero-window': 'janela zero: não há espaço para mais dados',
  'zero-window-probe': 'sonda de janela zero: pergunta se a janela continua fechada',
  'zero-window-probe-ack': 'resposta a uma sonda de janela zero: a janela continua fechada',
  'window-update': 'atualização da janela',
  'window-full': 'janela cheia: preenche a janela do outro lado',
  'reused-ports': 'mesmos endereços e portas de uma conexão anterior',
  'capture-duplicate': 'segunda cópia de um pacote, que não conta como mais nada',
  'challenge-ack':
    'challenge ACK: responde a um segmento inaceitável com os números que espera (RFC 9293 3.10.7.4)',
  'simultaneous-open': 'os dois lados abrem ao mesmo tempo (RFC 9293 Figura 7)',
  'simultaneous-close': 'os dois lados encerram ao mesmo tempo (RFC 9293 Figura 13)',
  'syn-retry': 'retransmissão do SYN',
  'syn-ack-retry': 'retransmissão do SYN-ACK',
  'fin-retry': 'retransmissão do FIN',
  'half-open-discovered':
    'responde a um SYN com os números de uma conexão antiga: meio aberta (RFC 9293 3.5.1)',
  'time-wait-assassination': 'pode encerrar o TIME-WAIT antes do prazo: quem segue a RFC 1337 o ignora',
  dsack: 'DSACK: avisa que recebeu algo em dobro (RFC 2883)',
  'data-fin': 'Multipath TCP: encerra os dados de toda a conexão (DATA_FIN)',
  'multipath-agreed': 'Multipath TCP: primeiro subfluxo de uma conexão',
  'multipath-join': 'Multipath TCP: junta-se a outra conexão como mais um subfluxo (MP_JOIN)',
  'multipath-declined': 'Multipath TCP oferecido pelo cliente, não pelo servidor: TCP comum',
  'fast-open-cookie': 'o servidor deu um cookie de Fast Open: a próxima conexão pode enviar dados com o SYN',
  'duplicated-by-network': 'a rede o entregou duas vezes: o receptor avisa (DSACK)',
  'half-close': 'dados depois do FIN do outro lado',
  'multipath-tcp': 'foram usadas opções de Multipath TCP',
  'split-handshake': 'handshake dividido: o servidor respondeu ao SYN com um SYN próprio',
  'segmentation-offload':
    'segmentos maiores que o MSS: cortados depois, ou unidos antes, do ponto de captura',
  'addresses-rewritten':
    'todos os checksums diferem do certo pela mesma quantia: endereços ou portas foram reescritos, e os checksums não',
  'window-scale-unknown': 'o handshake não foi capturado, por isso a escala da janela é desconhecida',
  'fin-scan': 'varredura FIN: FIN sem conexão',
  'null-scan': 'varredura NULL: segmento sem nenhuma flag',
  'xmas-scan': 'varredura Xmas: FIN, PSH e URG sem conexão',
  'self-connect': 'um socket conectado a si mesmo: os dois lados são um só',
  'third-lost':
    'retransmissão do SYN-ACK: o ACK que o havia respondido se perdeu, ou foi descartado porque a fila de accept estava cheia, ou o servidor espera antes por dados (TCP_DEFER_ACCEPT)',
  'close-not-captured':
    'seu encerramento não foi capturado: este pacote é um SYN entre os mesmos endereços e portas, e um SYN-ACK o responde',
  'refused-before': 'um SYN anterior foi recusado; sua retransmissão, não',
  'options-cut': 'o snaplen cortou opções do SYN dele: o que não foi capturado pode ter sido oferecido',
  'one-direction': 'só um sentido foi capturado: o que o outro lado fez é dedução',
  'old-duplicate-syn': 'um SYN antigo, que chegou atrasado: quem o enviou recusou a resposta',
};

/** `ACK duplicado nº 3`; without the number where it is not known. */
export function duplicateAckText(number: number | null): string {
  return `ACK duplicado${number === null ? '' : ` nº ${number}`}`;
}

/** Why a segment was ignored, and what proves it; null where it was taken. */
export function rowNote({ ignored, proof }: Pick<LadderSegment, 'ignored' | 'proof'>): string | null {
  return ignored === null ? null : `${ignoredSentence(ignored)}${proofText(proof)}`;
}

/** Packets that prove how a segment was taken, to follow that. */
function proofText(proof: readonly number[]): string {
  if (proof.length === 0) return '';
  return proof.length === 1
    ? `; o pacote ${proof.join(' e ')} mostra isso`
    : `; os pacotes ${proof.join(' e ')} mostram isso`;
}

/** Of a segment whose bytes were all sent before. */
export const RETRANSMITTED: string = 'retransmissão';

/** What the capture has of a segment's bytes, where that is worth a word; `names`: its codes. */
export function bytesSentence(
  { repeated, gap, fill, length }: Pick<LadderSegment, 'repeated' | 'gap' | 'fill' | 'length'>,
  names: readonly string[],
): string {
  const has = (code: string): boolean => names.includes(code);
  if (has('capture-duplicate')) return '';
  if (gap > 0 && has('lost-segment'))
    return `segmento anterior ainda não capturado: uma lacuna de ${byteCount(gap)}`;
  const part = repeated > 0 && repeated < length ? ` de ${grouped(repeated)} dos seus bytes` : '';
  const again = `${RETRANSMITTED}${part}`;
  if (fill !== 'none') {
    const [one, many] = LATE[fill];
    return repeated > 0 ? `${again}; os demais ${many}` : one;
  }
  if (has('fin-retry'))
    return repeated > 0 ? `retransmissão do FIN e de ${byteCount(repeated)}` : 'retransmissão do FIN';
  if (has('syn-retry') || has('syn-ack-retry') || has('spurious-retransmission')) return '';
  if (has('fast-retransmission')) return `retransmissão rápida${part}: após ACKs duplicados`;
  if (has('retransmission')) return repeated > 0 ? again : '';
  if (has('out-of-order')) return repeated > 0 ? again : 'fora de ordem';
  return '';
}

/** Bytes that come behind later ones: the whole segment, or the rest of its bytes. */
const LATE: Readonly<Record<Exclude<Fill, 'none'>, readonly [string, string]>> = {
  overtaken: [
    'chegou atrasado: ultrapassado pelo que foi enviado depois',
    'chegaram atrasados: ultrapassados pelo que foi enviado depois',
  ],
  'sent-again': [
    'retransmissão; o original se perdeu antes do ponto de captura, ou não foi capturado',
    'são retransmissão; o original se perdeu antes do ponto de captura, ou não foi capturado',
  ],
  unknown: [
    'preenche uma lacuna: atrasado, ou retransmissão após uma perda antes do ponto de captura',
    'preenchem uma lacuna: atrasados, ou retransmissão após uma perda antes do ponto de captura',
  ],
};

/** What a finding means. */
export function findingSentence(finding: Finding, report: Pick<ConnectionReport, 'clientSide'>): string {
  const values = finding.values ?? {};
  const who = endName(finding.by === report.clientSide ? 'client' : 'server');
  switch (finding.code) {
    case 'ignored-segment':
      return `visto, mas ignorado pelo receptor: ${ignoredSentence(values.because as IgnoredBecause)}`;
    case 'roles-guessed':
      return values.reason === 'ports'
        ? 'nenhum SYN foi capturado: cliente e servidor são supostos pelas portas'
        : 'nenhum SYN foi capturado: o lado visto primeiro é tomado como cliente';
    case 'fast-open-data':
      return Number(values.taken) < Number(values.length) && Number(values.taken) > 0
        ? `${values.taken} de ${byteCount(Number(values.length))} de dados com o SYN aceitos: mais não foi confirmado`
        : `${byteCount(Number(values.length))} de dados com o SYN, aceitos`;
    case 'fast-open-ignored':
      return `${byteCount(Number(values.length))} de dados com o SYN, ${values.answered === 0 ? 'nunca respondidos' : 'não aceitos'}`;
    case 'icmp-error':
      return `respondida por ICMP: ${icmpText(icmpWords(values))}`;
    case 'handshake-data':
      return `o segmento que completa o handshake traz ${byteCount(Number(values.length))}`;
    case 'fin-with-data':
      return `FIN com ${byteCount(Number(values.length))} de dados`;
    case 'syn-data':
      return `${byteCount(Number(values.length))} de dados com o SYN${values.cut === 1 ? '' : ' sem Fast Open'}, ${values.taken === 'accepted' ? 'aceitos' : 'não aceitos'}`;
    case 'both-reset':
      return `os dois lados enviaram RST: este cruzou com o do pacote ${values.first}`;
    case 'rst-lost':
      if (values.held === 1) {
        return `o ${who} ainda está em TIME-WAIT: ignorou o RST do pacote ${values.rst} (RFC 1337), ou nunca o recebeu`;
      }
      return `o ${who} segue em frente: o RST do pacote ${values.rst} se perdeu depois do ponto de captura`;
    case 'rst-refuted':
      return `o ${who} segue em frente no pacote ${values.goesOn} e recebe resposta no pacote ${values.answered}: o RST não era dele (forjado), ou não chegou`;
    case 'fin-lost':
      return `o ${who} segue sem confirmar o FIN do pacote ${values.fin}: ele se perdeu depois do ponto de captura`;
    case 'path-mtu-ignored':
    case 'path-mtu-obeyed':
    case 'path-mtu-black-hole':
      return pathMtuSentence(finding, who);
    case 'checksum-offload':
      return `${who}: os checksums não estavam preenchidos na captura (offload ou loopback)${values.answered === 0 ? '; não se sabe se foram preenchidos depois, pois nada os responde' : ''}`;
    case 'checksum-wrong':
      if (values.refuted === 1)
        return `${who}: um RST com checksum errado, descartado pelo receptor: os dois lados seguem depois dele`;
      return `${who}: ${wrongChecksumText(Number(values.count), Number(values.dropped), Number(values.taken))}`;
    case 'unanswered':
      return `${count(Number(values.count), 'segment')} em ${durationText(Number(values.seconds))} sem resposta${Number(values.since) > 0 ? `: o outro lado foi visto pela última vez no pacote ${values.since}` : ''}`;
    case 'zero-window-stall':
      return `espera pela janela que o pacote ${values.closed} fechou: ${count(Number(values.count), 'probe')} em ${durationText(Number(values.seconds))}, ${values.answered === 1 ? 'respondidas: ela segue fechada' : 'nenhuma respondida'}`;
    case 'third-lost':
      if (values.data !== 1) break;
      return 'retransmissão do SYN-ACK: o ACK e os dados que o haviam respondido se perderam, ou foram descartados porque a fila de accept estava cheia';
    case 'two-syn-acks':
      return `um segundo SYN-ACK com número diferente daquele do pacote ${values.first}: dois hosts respondem por este endereço, ou um que não guarda estado`;
    case 'window-scale-too-large':
      return `escala da janela ${values.shift} é mais que 14 e vale como 14 (RFC 7323 2.3)`;
    case 'several-resets':
      return `${values.count} RSTs ao todo`;
    case 'idle':
      return `nada por ${durationText(Number(values.seconds))}, e ainda aberta`;
    case 'translated-twin':
    case 'not-translated':
      return twinFindingSentence(finding);
    default:
      break;
  }
  const text = FINDINGS[finding.code] ?? finding.code;
  return finding.code.endsWith('offload') ? `${who}: ${text}` : text;
}

/** How many segments were dropped, how many were taken all the same, and what that means. */
function wrongChecksumText(count: number, dropped: number, taken: number): string {
  const what = count === 1 ? 'um segmento com checksum errado' : `${count} segmentos com checksum errado`;
  if (dropped > 0) {
    const some = dropped === count ? '' : `${dropped} deles `;
    return dropped === 1
      ? `${what}, ${some}descartado pelo receptor: ninguém o confirmou`
      : `${what}, ${some}descartados pelo receptor: ninguém os confirmou`;
  }
  if (taken > 0)
    return `${what}, ${agreeing(count, 'confirmado', 'confirmados')} mesmo assim: o receptor o recebeu diferente do que a captura mostra`;
  return `${what}; não se sabe se o receptor ${count === 1 ? 'o' : 'os'} descartou`;
}

/** Verdicts as sentences. Every statement is one that the packets support; what cannot be known is said so. */

import type { Closing } from '../../verdict/closing.js';
import type { Opening } from '../../verdict/opening.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { reopenedBy } from '../shared/reopened.js';
import { acknowledgesUncaptured } from '../shared/uncaptured-fin.js';
import { endName, otherOf } from './ends.js';
import { icmpText, icmpWords } from './icmp.js';
import { agreeing } from './noun-forms.js';
import { pathMtuReason } from './path-mtu.js';
import { byteCount, count, durationText } from './quantities.js';
import { resetSentence } from './reset-sentences.js';
import { answeredElsewhere, twinOpening } from './twin-sentences.js';

/** How the connection opened, in one line. */
export function openingSentence(report: ConnectionReport): string {
  const { opening } = report;
  switch (opening.kind) {
    case 'three-way':
      return `handshake de três vias${connectPart(opening)}${retries(opening)}${splitPart(opening)}`;
    case 'simultaneous':
      return report.findingCounts['split-handshake'] === undefined
        ? `abertura simultânea: os dois lados enviaram um SYN${connectPart(opening)}`
        : `handshake dividido: o servidor respondeu ao SYN com um SYN próprio${connectPart(opening)}`;
    case 'fast-open':
      return opening.connectTime === null
        ? `Fast Open: vieram dados com o SYN, aceitos${fastOpenPart(report)}${connectPart(opening)}`
        : `Fast Open${connectPart(opening)}: vieram dados com o SYN, aceitos${fastOpenPart(report)}`;
    case 'refused':
      return refusal(report);
    case 'no-answer':
      return `sem resposta a ${count(opening.synCount, 'SYN')}${opening.synCount > 1 ? ` em ${durationText(opening.synWait ?? 0)}${retries(opening)}` : ''}${signed(report)}${answeredElsewhere(report.twin)}`;
    case 'not-completed':
      return notCompleted(report);
    case 'not-captured':
      if (report.twin?.second === true) return twinOpening(report.twin);
      if (isProbe(report)) return 'nenhuma: uma sonda sem conexão';
      return report.rolesFrom === 'syn-ack' && report.traffic.client.packets === 0
        ? 'não capturada por inteiro: só os pacotes do servidor foram, a partir do seu SYN-ACK'
        : `não capturada: a captura começou depois (${rolesReason(report)})`;
  }
}

function notCompleted(report: ConnectionReport): string {
  const { opening, closing } = report;
  const text =
    report.traffic.server.packets > 0 && opening.synAckCount > 0
      ? `não concluída: o SYN-ACK nunca foi confirmado de forma válida${retries(opening)}`
      : 'não concluída: nenhum SYN-ACK válido foi visto';
  return closing.reset?.accepted ? `${text}; ${resetSentence(closing.reset, report)}` : text;
}

function fastOpenPart(report: ConnectionReport): string {
  const values = report.findings.find(({ code }) => code === 'fast-open-data')?.values ?? {};
  const { taken, length } = values;
  return Number(taken) > 0 && Number(taken) < Number(length) ? ` em parte (${taken} de ${length} bytes)` : '';
}

/** SYNs under TCP-MD5 or TCP-AO are met by silence where the key is missing or another (RFC 2385 2, RFC 5925 7.3). */
function signed(report: ConnectionReport): string {
  const offer = report.opening.options.client;
  if (offer?.md5 !== true && offer?.ao !== true) return '';
  const how = offer.md5 ? 'TCP-MD5' : 'TCP-AO';
  return report.opening.synCount === 1
    ? `; ele é assinado (${how}), e a uma chave diferente ou ausente se responde com silêncio`
    : `; eles são assinados (${how}), e a uma chave diferente ou ausente se responde com silêncio`;
}

function isProbe(report: ConnectionReport): boolean {
  return ['fin-scan', 'null-scan', 'xmas-scan'].some((code) => report.findingCounts[code] !== undefined);
}

function connectPart(opening: Opening): string {
  if (opening.connectTime !== null) return ` em ${durationText(opening.connectTime)}`;
  const whole = opening.complete && opening.synCount > 0 && opening.synAckCount > 0;
  if (whole && opening.ackMissed)
    return ', cujo último ACK não foi capturado: não se sabe quanto tempo levou';
  return whole ? ', cujos pacotes não estão na ordem dos seus tempos: não se sabe quanto tempo levou' : '';
}

/** Where the time of connecting went, where it is long or was lengthened by retries. */
function splitPart(opening: Opening): string {
  const { synWait, synToSynAck, synAckWait, synAckToAck, connectTime } = opening;
  const near = nearText(opening.capturePoint);
  const slow = opening.slowSide === null ? '' : `; ${slowText(opening.slowSide)} demorou`;
  if (synToSynAck === null || synAckToAck === null || (connectTime ?? 0) < SHORT_CONNECT) return near + slow;
  const parts: string[] = [];
  if ((synWait ?? 0) > 0) parts.push(`${durationText(synWait ?? 0)} até o último SYN`);
  parts.push(`${durationText(synToSynAck)} até o SYN-ACK`);
  if ((synAckWait ?? 0) > 0) {
    const last = opening.synAckCount > 2 ? ' pela última vez' : '';
    parts.push(`${durationText(synAckWait ?? 0)} até ele ser repetido${last}`);
  }
  parts.push(`${durationText(synAckToAck)} até o ACK`);
  return `: ${parts.join(', ')}${near}${slow}`;
}

function nearText(point: Opening['capturePoint']): string {
  if (point === null) return '';
  if (point === 'middle') return '; capturado entre os dois';
  return `; capturado perto do ${point === 'near-client' ? 'cliente' : 'servidor'}`;
}

function slowText(side: NonNullable<Opening['slowSide']>): string {
  return side === 'client' || side === 'server' ? `o ${endName(side)}` : 'a rede';
}

/** Below this, in seconds, the parts of connecting are noise. */
const SHORT_CONNECT = 0.001;

function retries(opening: Opening): string {
  const parts: string[] = [];
  if (opening.synCount > 1) {
    const after = opening.synSpacing.slice(0, 6).map(durationText).join(', ');
    parts.push(`SYN enviado ${opening.synCount} vezes, de novo após ${after}`);
  }
  if (opening.synAckCount > 1) parts.push(`SYN-ACK enviado ${opening.synAckCount} vezes`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function refusal(report: ConnectionReport): string {
  const icmp = report.findings.find((finding) => finding.code === 'icmp-error');
  const byReset = report.closing.reset?.accepted === true;
  if (!byReset && icmp !== undefined)
    return `recusada: segundo o ICMP, ${icmpText(icmpWords(icmp.values ?? {}))} (pacote ${icmp.packet})`;
  return `recusada: o SYN foi respondido com RST: nenhum socket o aceitou neste endereço e na porta ${report.server.port}, ou um firewall o recusou`;
}

export function rolesReason(report: ConnectionReport): string {
  if (report.rolesFrom === 'syn-ack') return 'o SYN-ACK mostra quem é o servidor';
  const guess = report.findings.find((finding) => finding.code === 'roles-guessed');
  return guess?.values?.reason === 'ports'
    ? 'cliente e servidor supostos pelas portas'
    : 'cliente suposto: foi visto primeiro';
}

/** While the capture goes on, its end is not now. */
export function stillOpen(report: ConnectionReport): string {
  if (reopenedBy(report) !== null) return 'seu encerramento não foi capturado';
  const { soFar } = report;
  return soFar === true ? 'ainda aberta' : 'ainda aberta no fim da captura';
}

function notClosed(report: ConnectionReport): string {
  const packet = reopenedBy(report);
  return `${stillOpen(report)}${packet === null ? '' : `: ${newOne(packet)}`}`;
}

/** Of a connection that was half-closed when its ports were used again. */
function reopening(report: ConnectionReport): string {
  const packet = reopenedBy(report);
  return packet === null ? '' : `; o resto do encerramento não foi capturado: ${newOne(packet)}`;
}

function newOne(packet: number): string {
  return `o pacote ${packet} abre uma nova conexão entre as mesmas portas`;
}

/** How it closed, in one line. */
export function closingSentence(report: ConnectionReport): string {
  const { closing } = report;
  switch (closing.kind) {
    case 'four-step':
      return `4 etapas; ${stepsText(closing)}`;
    case 'three-step':
      return `3 etapas; ${stepsText(closing)}`;
    case 'simultaneous':
      return `${crossing(report)}${notConcluded(closing)}${holdText(closing)}`;
    case 'reset':
      return resetSentence(closing.reset, report);
    case 'half-closed':
      return halfClosed(report);
    case 'open':
      return `${notClosed(report)}${standstill(report)}`;
    case 'none':
      return 'nada a encerrar: nunca foi aberta';
  }
}

/** Whose FIN came first, and what became of it: where all is as usual, in as few words as fit in a line of 80 columns. */
function stepsText(closing: Closing): string {
  const { initiator, timeWait, timeWaitReused, complete } = closing;
  if (initiator === null)
    return `os pacotes não dizem qual FIN veio primeiro${betweenFins(closing)}${notConcluded(closing)}${holdText(closing)}`;
  const isUsual = complete && closing.halfClose === null && timeWaitReused === null;
  if (isUsual && timeWait === initiator)
    return `1º FIN e TIME-WAIT do ${endName(initiator)} ${TIME_WAIT_LASTS}`;
  return `1º FIN do ${endName(initiator)}${betweenFins(closing)}${notConcluded(closing)}${holdText(closing)}`;
}

function notConcluded({ complete }: Closing): string {
  return complete ? '' : ', não concluído nesta captura';
}

function holdText(closing: Closing): string {
  return closing.timeWait === null ? '' : `; ${timeWaitText(closing)}`;
}

function halfClosed(report: ConnectionReport): string {
  const { closing, traffic } = report;
  const { initiator } = closing;
  if (initiator === null) {
    return 'encerrada só de um lado: apenas um FIN foi capturado; não se sabe se o outro lado já havia enviado o seu';
  }
  const other = otherOf(initiator);
  if (traffic[other].packets === 0)
    return `o ${endName(initiator)} enviou FIN; se o ${endName(other)} também enviou, não foi capturado`;
  const beyond = acknowledgesUncaptured(report);
  if (beyond !== null)
    return `encerrada só de um lado: apenas o FIN do ${endName(initiator)} foi capturado; o pacote ${beyond} confirma algo do ${endName(other)} que não foi, talvez o FIN dele`;
  return `encerrada só de um lado: só o ${endName(initiator)} enviou FIN${unansweredFins(report) || standstill(report)}${halfClose(closing)}${reopening(report)}`;
}

/** RFC 9293 Figure 13: each sent its FIN before it had the other's. */
function crossing(report: ConnectionReport): string {
  return report.findingCounts['fin-lost'] === undefined
    ? 'os dois lados encerraram ao mesmo tempo: os FINs se cruzaram'
    : 'os dois lados encerraram sem ter recebido o FIN do outro, pois um se perdeu';
}

/** Why nothing moves at the end of the capture, where that is so. */
function standstill(report: ConnectionReport): string {
  const finding = report.findings.find(({ code }) => code === 'zero-window-stall' || code === 'unanswered');
  if (finding === undefined) return '';
  const end = finding.by === report.clientSide ? 'client' : 'server';
  const [who, other] = [endName(end), endName(otherOf(end))];
  const values = finding.values ?? {};
  const time = durationText(Number(values.seconds));
  if (finding.code === 'zero-window-stall') {
    return `: a janela do ${other} está fechada desde o pacote ${values.closed}; o ${who} a sondou ${values.count} ${agreeing(Number(values.count), 'vez', 'vezes')} em ${time}${values.answered === 1 ? ': ela segue fechada' : ', sem resposta'}`;
  }
  const since = Number(values.since) > 0 ? ` desde o pacote ${values.since}` : '';
  return `: o ${other} está em silêncio${since}, enquanto o ${who} enviou ${count(Number(values.count), 'segment')} em ${time}${pathMtuReason(report, finding.by) ?? '; ele se foi, está inalcançável, ou suas respostas não foram capturadas'}`;
}

function unansweredFins(report: ConnectionReport): string {
  const retries = report.findingCounts['fin-retry'] ?? 0;
  const peer = report.closing.initiator === 'client' ? report.states.server : report.states.client;
  return retries > 0 && peer === 'ESTABLISHED' ? `, ${retries + 1} vezes, e ele nunca foi confirmado` : '';
}

/** Data of the end that closed last, after the first FIN. */
function betweenFins({ halfClose, initiator }: Closing): string {
  if (halfClose === null) return '';
  const { bytes, duration } = halfClose;
  const from = initiator === null ? '' : ` do ${endName(otherOf(initiator))}`;
  return `, ${byteCount(bytes)}${from} entre os FINs${duration === null ? '' : ` (${durationText(duration)})`}`;
}

function halfClose({ halfClose }: Closing): string {
  if (halfClose === null) return '';
  const { bytes, duration } = halfClose;
  const lasting = duration === null ? '' : `, por ${durationText(duration)}`;
  return `, depois ${byteCount(bytes)} no outro sentido${lasting}`;
}

function timeWaitText({ timeWait, timeWaitReused: reused }: Closing): string {
  const both = timeWait === 'both' || timeWait === null;
  const who = both ? 'os dois' : `o ${endName(timeWait)}`;
  if (reused !== null)
    return `${who} ${both ? 'terminaram' : 'terminou'} em TIME-WAIT; o pacote ${reused.packet} reutilizou as portas após ${durationText(reused.after)}`;
  return both ? 'os dois em TIME-WAIT' : `${endName(timeWait)} em TIME-WAIT ${TIME_WAIT_LASTS}`;
}

const TIME_WAIT_LASTS = '(em geral 60 s no Linux)';

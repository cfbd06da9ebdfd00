/** What a segment is and does, sentence by sentence, for stepping through a ladder. */
import { ACK, AE, CWR, ECE, PSH, RST, SYN, URG } from '../../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { SegmentRow } from '../en/segment-sentences.js';
import { ackOrigin, endOf, takenText } from '../story/arithmetic.js';
import type { SegmentStory } from '../story/story.js';
import { endName } from './ends.js';
import { stateWord } from './ladder-words.js';
import { byteCount, durationText, grouped } from './quantities.js';
import { storySentence } from './story-sentences.js';
import { capitalized } from './words.js';

export type { SegmentRow } from '../en/segment-sentences.js';

/** `report.ladder` holds the segment; those before it show what it acknowledges. */
export function segmentSentences(
  segment: LadderSegment,
  row: SegmentRow,
  report: Pick<ConnectionReport, 'ladder' | 'opening'>,
  story: SegmentStory | undefined,
): string[] {
  const ladder = report.ladder ?? [];
  const earlier = ladder.slice(0, ladder.indexOf(segment));
  return [
    whenSentence(segment, row),
    ...(story === undefined ? [] : [storySentence(story)]),
    ...flagSentences(segment),
    sequenceSentence(segment, row),
    ...acknowledgementSentence(segment, row, earlier),
    ...windowSentence(segment, row, report),
    stateSentence(row),
    ...row.notes.map((note) => `${capitalized(note)}.`),
  ];
}

function whenSentence({ packet }: LadderSegment, { fromClient, time, since }: SegmentRow): string {
  const way = fromClient ? 'do cliente ao servidor' : 'do servidor ao cliente';
  const after =
    since === null
      ? 'o primeiro desta conexão'
      : `${durationText(time)} depois do primeiro, ${durationText(since)} depois do anterior`;
  return `Pacote ${packet}, ${way}: ${after}.`;
}

/** Flags that say nothing of the connection's life: PSH, URG, and those of ECN. */
function flagSentences({ flags }: LadderSegment): string[] {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const sentences: string[] = [];
  if (has(PSH)) sentences.push('PSH: o receptor deve entregar já os dados ao programa.');
  if (has(URG)) sentences.push('URG: uma parte dos dados é urgente.');
  const ecn = [...(has(ECE) ? ['ECE'] : []), ...(has(CWR) ? ['CWR'] : []), ...(has(AE) ? ['AE'] : [])];
  if (ecn.length > 0)
    sentences.push(`${ecn.join(', ')}: ${ecnText(has)} notificação de congestionamento (ECN, RFC 3168).`);
  return sentences;
}

/** RFC 3168 6.1.1: a SYN with ECE and CWR offers it, a SYN-ACK with ECE alone agrees. */
function ecnText(has: (bit: number) => boolean): string {
  if (!has(SYN)) return 'faz parte da';
  if (has(ACK)) return 'responde à oferta de';
  return has(ECE) && has(CWR) ? 'oferece' : 'não é uma oferta de';
}

/** Numbers that do not count from the first one are shown as they are in the header. */
const RAW = ' (raw)';

function sequenceSentence(segment: LadderSegment, row: SegmentRow): string {
  const { fromClient } = row;
  const { sequence, rawSequence } = segment;
  if (row.sequence.endsWith(RAW)) return `seq ${row.sequence}: fora da numeração desta conexão.`;
  const next = endOf(segment);
  const raw = `no cabeçalho, ${rawSequence}`;
  if (next === sequence) return `seq ${sequence} (${raw}): não ocupa número.`;
  const whose = endName(fromClient ? 'client' : 'server');
  return `seq ${sequence}${takenText(segment, byteCount)} = ${next}, o próximo número do ${whose} (${raw}).`;
}

/** `ack 7 = 6 + FIN (pacote 9)`: which segment of the other side it answers. */
function acknowledgementSentence(
  segment: LadderSegment,
  row: SegmentRow,
  earlier: readonly LadderEntry[],
): string[] {
  const { acknowledgement, rawAcknowledgement } = segment;
  if (acknowledgement === null) return [];
  if (row.acknowledgement?.endsWith(RAW) === true)
    return [`ack ${row.acknowledgement}: fora da numeração desta conexão.`];
  const raw = `no cabeçalho, ${rawAcknowledgement}`;
  const { isSame, covered, more } = ackOrigin(segment, acknowledgement, earlier);
  if (isSame) return [`ack ${acknowledgement} (${raw}): como antes, nada de novo é confirmado.`];
  if (covered === null)
    return [`ack ${acknowledgement} (${raw}): confirma tudo o que vem antes desse número.`];
  const since = more > 0 ? `, ${more} a mais que seu último ACK` : '';
  return [
    `ack ${acknowledgement} = ${covered.sequence}${takenText(covered, byteCount)} do pacote ${covered.packet}${since} (${raw}).`,
  ];
}

/** RFC 7323 2.2: the window of a SYN is never scaled. That of an RST says nothing. */
function windowSentence(
  { window, flags }: LadderSegment,
  { fromClient }: SegmentRow,
  { opening }: Pick<ConnectionReport, 'opening'>,
): string[] {
  if ((flags & RST) !== 0) return [];
  if (window === 0) return ['Janela 0: não há espaço para mais dados.'];
  if ((flags & SYN) !== 0) return [`Janela de ${byteCount(window)}; a de um SYN nunca tem escala.`];
  const scale = windowShift(opening.options, fromClient ? 'client' : 'server');
  if (scale === null) return [`Janela ${grouped(window)}; a escala não é conhecida.`];
  if (scale === 0) return [`Janela de ${byteCount(window)}.`];
  const factor = 2 ** scale;
  return [`Janela ${grouped(window)} × ${grouped(factor)} = ${byteCount(window * factor)}.`];
}

function stateSentence({ before, after }: SegmentRow): string {
  const part = (end: 'client' | 'server'): string => {
    const [from, to] = [before[end], after[end]];
    if (from === '' || from === to) return `${endName(end)} ${stateWord(to)}`;
    return `${endName(end)} ${stateWord(from)} → ${stateWord(to)}`;
  };
  const changed = before.client !== after.client || before.server !== after.server;
  const same = before.client !== '' && !changed ? ' (nada muda)' : '';
  return `Estados: ${part('client')}, ${part('server')}${same}.`;
}

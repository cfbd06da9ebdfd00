/** The ladder of a UDP flow: datagrams between two lifelines that have no states. */
import { phrases } from '../../explain/phrases.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { directionColor, drawArrow, NARROW_ARROW, sinceText, timeText } from './arrow.js';
import { fitTo, paint, plain, type TextStyle, wrap } from './style.js';

/** From this many columns on, each arrow has its two ends next to it, and the time since the row before. */
const SINCE_FROM = 60;

/** The datagrams of a UDP flow, and a note that UDP has no opening and no closing. */
export function renderUdpLadder(flow: UdpFlowReport, style: TextStyle): string {
  const border = style.unicode ? '│' : '|';
  const { client, server } = phrases.LADDER_HEADS;
  const lines = wrap(plain(phrases.UDP_STANDS_ALONE, style), style.width, 2);
  const shown = flow.datagrams ?? [];
  const { icmp, icmpAt } = flow;
  const numbers = [...shown.map(({ packet }) => packet), icmp?.packet ?? 0];
  const packetWidth = Math.max(...numbers.map((packet) => String(packet).length));
  const indent = packetWidth + 1;
  // without room: no time since the row before, and the ends above their lifelines
  const hasSince = style.delta === true || style.width >= SINCE_FROM;
  const hasEnds = style.width >= SINCE_FROM;
  const width = hasEnds
    ? Math.max(NARROW_ARROW, Math.min(40, style.width - 32 - client.length - server.length))
    : Math.max(NARROW_ARROW, Math.min(40, style.width - indent - (style.delta === true ? 10 : 9) - 2));
  const speakers = Math.max(phrases.speaker('client').length, phrases.speaker('server').length);
  let before: number | null = null;
  /** The text before an arrow: its packet, its time, and the time since the row before. */
  const head = (packet: number, at: number): string => {
    const since = before === null ? '' : sinceText((at - before) / 1e9);
    before = at;
    const time = style.delta === true ? '' : `${timeText((at - flow.startedAt) / 1e9)} `;
    return `${String(packet).padStart(packetWidth)} ${time}${hasSince ? `${since.padStart(9)} ` : ''}`;
  };
  if (!hasEnds && style.commentary !== 'dialogue') {
    const before = ' '.repeat(indent + (style.delta === true ? 10 : 9));
    lines.push(paint(style, 'bold', `${before}${client.padEnd(width + 2 - server.length)}${server}`));
  }
  const addIcmp = (): void => {
    if (icmp === null || icmpAt === null) return;
    const said = plain(phrases.icmpFrom(icmp.from, phrases.udpIcmpText(icmp, flow)), style);
    const text = `${head(icmp.packet, icmpAt)}${said}`;
    lines.push(paint(style, 'red', fitTo(text, style.width, style).trimEnd()));
  };
  const first = shown.findIndex(({ packet }) => packet > (icmp?.packet ?? Number.POSITIVE_INFINITY));
  const heard = [false, false];
  let explained = false;
  shown.forEach((datagram, index) => {
    if (index === first) addIcmp();
    const from = datagram.side === 0 ? 'client' : 'server';
    const story = {
      from,
      length: datagram.length,
      cast: flow.cast,
      isFirst: index === 0,
      isAnswer: heard[datagram.side] === false && heard[1 - datagram.side] === true,
    } as const;
    heard[datagram.side] = true;
    if (style.commentary === 'dialogue') {
      const name = phrases.speaker(from).padEnd(speakers);
      const line = `${String(datagram.packet).padStart(packetWidth)}  ${name}  `;
      const [said = '', ...rest] = wrap(
        plain(`"${phrases.datagramLine(story)}"`, style),
        style.width - line.length,
        0,
      );
      const all = [`${line}${said}`, ...rest.map((more) => ' '.repeat(line.length) + more)];
      lines.push(...all.map((text) => paint(style, directionColor(datagram.side === 0), text)));
      return;
    }
    const fromClient = datagram.side === 0;
    const drawn = drawArrow(`UDP ${phrases.byteCount(datagram.length)}`, width, fromClient, false, style);
    const arrow = paint(style, directionColor(fromClient), drawn);
    const drawnRow = `${border}${arrow}${border}`;
    const row = hasEnds ? `${client} ${drawnRow} ${server}` : drawnRow;
    lines.push(`${head(datagram.packet, datagram.at)}${row}`);
    // of those that follow, the first alone: the others say the same
    const isMore = !story.isFirst && !story.isAnswer;
    if (style.commentary === 'explained' && !(isMore && explained)) {
      const said = wrap(plain(phrases.datagramSentence(story), style), style.width - indent, 0);
      lines.push(...said.map((text) => ' '.repeat(indent) + text));
      explained ||= isMore;
    }
  });
  const all = flow.traffic.client.packets + flow.traffic.server.packets;
  if (all > shown.length)
    lines.push(`${style.unicode ? '⋮' : ':'} ${phrases.moreDatagrams(all - shown.length)}`);
  if (first < 0) addIcmp();
  lines.push(...wrap(plain(phrases.udpSentence(flow), style), style.width, 2));
  return lines.join('\n');
}

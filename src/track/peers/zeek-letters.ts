/** The letters that flags leave (update_history, TCP_Endpoint::CheckHistory). */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import { type ConnectionCursor, ZEEK_FLIPPED } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import {
  CONTROL_IS_FIN,
  CONTROL_IS_RST,
  isOriginator,
  LETTERS,
  SAW_ACK,
  SAW_BOTH,
  SAW_DATA,
  SAW_FIN,
  SAW_OTHER,
  SAW_RST,
  SAW_SYN,
} from './zeek-bits.js';
import { controlOf, takeControl, type ZeekEnds } from './zeek-ends.js';
import { A, D, F, FLIPPED_SYN_ACK, H, type Histories, I, Q, R, S, SYN_ACK_ALONE } from './zeek-histories.js';

/** The letters of the segment in focus; its number is `relative` to its sender's ISN. */
export function flagLetters(histories: Histories, ends: ZeekEnds, focus: Focus, relative: number): void {
  const { sender, packet } = focus;
  const { flags, payloadLength: length } = packet;
  const control = flags & (SYN | FIN | RST);
  if (control === 0) {
    if (length > 0) productive(histories, focus, SAW_DATA, D);
    else if ((flags & ACK) !== 0) productive(histories, focus, SAW_ACK, A);
  } else if (control === SYN) {
    const before = ends.own?.syn ?? 0;
    once(histories, focus, SAW_SYN, (flags & ACK) !== 0 ? H : S, relative !== before);
    if (relative !== before) ends.noteOwn().syn = relative;
  } else if (control === FIN) {
    const number = (relative + length) | 0;
    const before = controlOf(sender, ends.own?.fin ?? null, CONTROL_IS_FIN);
    once(histories, focus, SAW_FIN, F, number !== before);
    if (!takeControl(sender, number, CONTROL_IS_FIN)) ends.noteOwn().fin = number;
  } else if (control === RST) {
    const before = controlOf(sender, ends.own?.rst ?? null, CONTROL_IS_RST);
    once(histories, focus, SAW_RST, R, relative !== before);
    if (!takeControl(sender, relative, CONTROL_IS_RST)) ends.noteOwn().rst = relative;
  } else if ((control & (FIN | RST)) === (FIN | RST)) once(histories, focus, SAW_BOTH, I, false);
  else once(histories, focus, SAW_OTHER, Q, false);
}

/** Data, or a bare ACK. */
function productive(histories: Histories, focus: Focus, saw: number, letter: number): void {
  const { connection } = focus;
  if (connection.history === SYN_ACK_ALONE) {
    // it began with a SYN-ACK, and a scan does not go on like this: the sender of the SYN-ACK is the responder
    turnOver(focus);
    connection.history = FLIPPED_SYN_ACK;
  }
  once(histories, focus, saw, letter, false);
}

/** Writes a letter the first time that its role earns it, and, where it is `another`, again. */
function once(histories: Histories, focus: Focus, saw: number, letter: number, another: boolean): void {
  const { connection, sender, side } = focus;
  if ((sender.zeek & saw) !== 0 && !another) return;
  sender.zeek |= saw;
  write(histories, connection, letter, isOriginator(connection, side));
}

export function write(
  histories: Histories,
  connection: ConnectionCursor,
  letter: number,
  originator: boolean,
): void {
  connection.history = histories.add(connection.history, letter, originator);
}

/** The ends swap their roles. The letters already written stay with the roles. */
export function turnOver({ connection, sender, receiver }: Focus): void {
  connection.bits ^= ZEEK_FLIPPED;
  const letters = sender.zeek & LETTERS;
  sender.zeek = (sender.zeek & ~LETTERS) | (receiver.zeek & LETTERS);
  receiver.zeek = (receiver.zeek & ~LETTERS) | letters;
}

/** What a capture writer takes over from the capture that its frames come from. */
import type { CaptureFile, FrameStream } from '../../capture/reader.js';
import { phrases } from '../../explain/phrases.js';
import { type CaptureWriter, DEFAULT_SNAPLEN, type WriterOptions } from '../../files/writer.js';

/** For `analyze --write`. Names of interfaces are kept where there is one file, whose numbers they are. */
export function writerOptions(capture: FrameStream): WriterOptions {
  const { files } = capture;
  const [only] = files;
  const alone = files.length === 1 && only !== undefined;
  const limits = files.flatMap(({ interfaces }) => interfaces.map(({ snaplen }) => snaplen));
  return {
    snaplen: Math.max(DEFAULT_SNAPLEN, ...limits),
    linkType: (ended) => headerLinkType(capture.files, ended),
    ...(alone ? { nameOf: (id) => only.interfaces[id]?.name ?? null } : {}),
  };
}

/** For `WriterOptions.linkType`: only a pcap file says before its first frame what all its frames are. */
export function headerLinkType(files: readonly CaptureFile[], ended: boolean): number | null {
  const certain = files.length === 1 && files[0]?.format === 'pcap';
  return certain || ended ? (files[0]?.interfaces[0]?.linkType ?? null) : null;
}

/** Why packets in a written file are shorter than they were. */
export function cutSentence(path: string, { cut, packets }: Pick<CaptureWriter, 'cut' | 'packets'>): string {
  return phrases.errorText({ kind: 'of-file', path, why: { kind: 'packets-not-whole', cut, packets } });
}

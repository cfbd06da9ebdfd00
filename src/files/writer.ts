/** Makes a capture writer for a file or a stream. */

import { type CaptureWriter, PcapWriter, type WriterOptions } from '../capture/pcap-writer.js';
import { PcapngWriter } from '../capture/pcapng-writer.js';
import { fileSink, streamSink } from './sink.js';
import type { ByteTarget } from './streams.js';

export { type CaptureWriter, DEFAULT_SNAPLEN, type WriterOptions } from '../capture/pcap-writer.js';
export type CaptureFormat = 'pcap' | 'pcapng';

/** The format that a file name asks for: pcap where it ends so (.pcap, .cap), else pcapng. */
export function formatForName(path: string): CaptureFormat {
  return /\.(pcap|cap|dmp)$/i.test(path) ? 'pcap' : 'pcapng';
}

/** `target`: a path, which is written over, or a stream, which stays open. Throws UserError. */
export async function createCaptureWriter(
  target: string | ByteTarget,
  format: CaptureFormat,
  options: WriterOptions = {},
): Promise<CaptureWriter> {
  const sink = typeof target === 'string' ? await fileSink(target) : streamSink(target, 'the output stream');
  return format === 'pcap' ? new PcapWriter(sink, options) : new PcapngWriter(sink, options);
}

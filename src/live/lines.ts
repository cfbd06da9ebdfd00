/**
 * Reads text line by line as it comes.
 */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut: no message read here is this long. */
const LONGEST_LINE = 65536;

/** Calls `take` with each line, without its end; a carriage return ends a line too. Resolves at the end. */
export function forEachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Promise((resolve) => {
    const finish = () => {
      if (rest !== '') take(rest);
      rest = '';
      resolve();
    };
    stream.on('data', (chunk: Buffer) => {
      const lines = (rest + decoder.write(chunk)).split(/\r?\n|\r/);
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
      for (const line of lines) take(line);
    });
    stream.once('end', finish);
    stream.once('error', finish);
    stream.once('close', finish);
  });
}

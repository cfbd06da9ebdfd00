/** The parts of a stream that are used, so that the library's types do not need those of Node.js, whose streams fit. */

/** Bytes to read: a `Readable`. */
export interface ByteStream extends AsyncIterable<unknown> {
  destroy(): unknown;
}

/** Where bytes are written: a `Writable`. */
export interface ByteTarget {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

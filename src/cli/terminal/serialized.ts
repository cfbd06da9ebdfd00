/** Work that may be requested again while it is running, such as flushes by the timer of a live capture. */

/** Each time after the last one is done; once it failed, it fails again. */
export function serialized(work: () => Promise<void> | undefined): () => Promise<void> {
  let done = Promise.resolve();
  return () => {
    done = done.then(work);
    return done;
  };
}

/** Where the page has its data from: from itself, or from a capture that was dropped on it. */
import { phrases } from '../explain/phrases.js';
import { unpack } from '../page/pack.js';
import type { PageData } from '../page/page-data.js';
import { withSegments } from '../page/segments-part.js';
import type { Job, News } from './worker.js';

/** The data that the command line put into the page; null where there is none. */
export async function embeddedData(): Promise<PageData | null> {
  const block = document.getElementById('data');
  if (block === null) return null;
  const text = await unpacked(block);
  block.remove();
  return unpack(JSON.parse(text)) as unknown as PageData;
}

/** The text of a block of gzip as base64. */
async function unpacked(block: Element): Promise<string> {
  const text = atob(block.textContent ?? '');
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(inflated).text();
}

export interface Reading {
  /** Rejects with the sentence that says what is wrong. */
  data: Promise<PageData>;
  stop(): void;
}

/** What is known while it goes on. */
export interface Watcher {
  progress(news: News & { type: 'progress' }): void;
  /** The page without segments, which are still being read. */
  early(data: PageData): void;
}

/** Reads captures in a worker. Its program is in the page, compressed, as it is needed only when a capture is dropped. */
export function readCaptures(job: Job, watcher: Watcher): Reading {
  let stop = (): void => {};
  const read = async (): Promise<PageData> => {
    const block = document.getElementById('worker');
    const program = block === null ? '' : await unpacked(block);
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    const worker = new Worker(address);
    stop = () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    };
    return new Promise<PageData>((resolve, reject) => {
      let early: PageData | null = null;
      worker.onmessage = ({ data: news }: MessageEvent<News>) => {
        switch (news.type) {
          case 'progress':
            return watcher.progress(news);
          case 'reports':
            early = news.data;
            return watcher.early(early);
          case 'failed':
            return reject(new Error(problemText(news)));
          case 'done': {
            const data = news.data ?? early;
            return data === null ? reject(new Error()) : resolve(withSegments(data, news.segments));
          }
        }
      };
      worker.onerror = (event) => reject(new Error(phrases.notReadHere(event.message)));
      worker.postMessage(job);
    });
  };
  return { data: read().finally(() => stop()), stop: () => stop() };
}

function problemText({ message, values }: News & { type: 'failed' }): string {
  return values === null ? phrases.faultText(message) : phrases.errorText(values);
}

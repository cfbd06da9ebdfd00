/**
 * The live page on 127.0.0.1: the page itself, and what changes as server-sent events (HTML standard, 9.2). Each viewer has a
 * revision, and gets everything newer once it has read what was sent before: a slow one skips revisions, and
 * never makes anything wait.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ErrorValues } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import type { LiveChange } from '../../page/live-log.js';
import { admit, SAFE_HEADERS } from './guard.js';

export interface ServedPage {
  readonly html: string;
  /** Of the newest change. */
  readonly revision: number;
  /** What is newer than a revision; null where nothing is. */
  since(revision: number): LiveChange | null;
}

/** More than this many at a time are turned away. */
const MOST_VIEWERS = 200;
/** So that a proxy in between does not take a quiet stream for a dead one. */
const ALIVE_MS = 15_000;
/** After what time a browser that lost the stream asks again. */
const RETRY_MS = 500;

interface Viewer {
  response: ServerResponse;
  revision: number;
  isBusy: boolean;
}

export class PageServer {
  readonly #viewers = new Set<Viewer>();
  readonly #token = randomBytes(24).toString('base64url');
  /** So that a revision is not taken for one of another run. */
  readonly #run = randomBytes(6).toString('base64url');
  readonly #server: Server;
  #port = 0;
  #alive: NodeJS.Timeout | null = null;
  /** The text of a change, which many viewers get. */
  #last: { from: number; to: number; text: string } | null = null;
  #opened: () => void = () => {};
  /** Resolves when the first page listens. */
  readonly opened = new Promise<void>((resolve) => {
    this.#opened = resolve;
  });

  constructor(private readonly page: ServedPage) {
    this.#server = createServer({ maxHeaderSize: 16_384 }, (request, response) =>
      this.#answer(request, response),
    );
    // a request has to come whole, and soon
    this.#server.headersTimeout = 10_000;
    this.#server.requestTimeout = 10_000;
  }

  /** The address to open. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#alive = setInterval(() => {
      for (const viewer of this.#viewers) if (!viewer.isBusy) viewer.response.write(':\n\n');
    }, ALIVE_MS);
    return `http://127.0.0.1:${this.#port}/${this.#token}/`;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Something has changed. */
  push(): void {
    for (const viewer of this.#viewers) this.#send(viewer);
  }

  /** Waits a moment until all viewers have everything, then stops answering. */
  async close(patienceMs = 1000): Promise<void> {
    const until = Date.now() + patienceMs;
    while ([...this.#viewers].some(({ isBusy }) => isBusy) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (this.#alive !== null) clearInterval(this.#alive);
    for (const { response } of this.#viewers) response.end();
    this.#viewers.clear();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const admission = admit(request, { port: this.#port, token: this.#token });
    if ('status' in admission) {
      plain(response, admission.status, admission.why);
    } else if (admission.path === '/') {
      const body = Buffer.from(this.page.html);
      response.writeHead(200, {
        ...SAFE_HEADERS,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': body.length,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    } else if (admission.path === '/events' && request.method === 'GET') {
      if (this.#viewers.size >= MOST_VIEWERS) plain(response, 503, { kind: 'too-many-pages' });
      else this.#view(request, response);
    } else plain(response, 404, { kind: 'no-such-page' });
  }

  #view(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...SAFE_HEADERS, 'Content-Type': 'text/event-stream' });
    response.write(`retry: ${RETRY_MS}\n\n`);
    request.socket.setNoDelay(true);
    const viewer: Viewer = { response, revision: this.#known(request), isBusy: false };
    this.#viewers.add(viewer);
    const forget = (): void => void this.#viewers.delete(viewer);
    response.on('close', forget);
    response.on('error', forget);
    response.on('drain', () => {
      viewer.isBusy = false;
      this.#send(viewer);
    });
    this.#opened();
    this.#send(viewer);
  }

  /** The revision that a browser had before it lost the stream; 0 where it had none of this run. */
  #known({ headers }: IncomingMessage): number {
    const [run, revision] = String(headers['last-event-id'] ?? '').split('.');
    return run === this.#run && /^\d{1,15}$/.test(revision ?? '') ? Number(revision) : 0;
  }

  #send(viewer: Viewer): void {
    if (viewer.isBusy) return;
    const change = this.#since(viewer.revision);
    if (change === null) return;
    viewer.revision = change.to;
    viewer.isBusy = !viewer.response.write(`id: ${this.#run}.${change.to}\ndata: ${change.text}\n\n`);
  }

  #since(revision: number): { to: number; text: string } | null {
    if (this.#last?.from === revision && this.#last.to === this.page.revision) return this.#last;
    const newest = this.page.since(revision);
    if (newest === null) return null;
    this.#last = { from: revision, to: newest.revision, text: JSON.stringify(newest) };
    return this.#last;
  }
}

function plain(response: ServerResponse, status: number, why: ErrorValues): void {
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  });
  response.end(`synfin: ${phrases.errorText(why)}\n`);
}

/** The page as a whole: where its data comes from, and what it shows of it. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { escapeText } from '../escape.js';
import { phrases } from '../explain/phrases.js';
import type { PageData } from '../page/page-data.js';
import { LiveFeed, liveFacts } from './live-feed.js';
import { embeddedData, type Reading, readCaptures } from './load.js';
import type { LiveState } from './model/live-data.js';
import { DropArea, type Progress } from './views/drop-area.js';
import { Report } from './views/report.js';

type Shown =
  | { state: 'loading' }
  | { state: 'waiting' }
  | { state: 'empty'; problem: string | null }
  | { state: 'reading'; progress: Progress }
  /** `coming`: how much of the segments is read, 0 to 1; null where nothing is being read. */
  | { state: 'report'; data: PageData; problem: string | null; coming: number | null };

export function App(): JSX.Element {
  const [shown, setShown] = useState<Shown>({ state: 'loading' });
  const reading = useRef<Reading | null>(null);
  const before = useRef<PageData | null>(null);
  const feed = useRef<LiveFeed | null>(null);
  const [live, setLive] = useState<LiveState | null>(null);
  const [isPaused, setPaused] = useState(false);

  const show = (data: PageData, coming: number | null = null): void => {
    before.current = data;
    document.title = `${escapeText(data.files.join(', '))} – synfin`;
    setShown({ state: 'report', data, problem: null, coming });
  };
  const fail = (error: unknown): void => {
    const problem = escapeText(error instanceof Error ? error.message : String(error));
    const data = before.current;
    setShown(data === null ? { state: 'empty', problem } : { state: 'report', data, problem, coming: null });
  };
  useEffect(() => {
    const facts = liveFacts();
    if (facts !== null) {
      setLive('waiting');
      setShown({ state: 'waiting' });
      const started = new LiveFeed(facts, { data: (data) => show(data), state: setLive });
      feed.current = started;
      return () => started.close();
    }
    embeddedData().then(
      (data) => (data === null ? setShown({ state: 'empty', problem: null }) : show(data)),
      fail,
    );
    return undefined;
  }, []);

  const pause = (wanted: boolean): void => {
    feed.current?.pause(wanted);
    setPaused(wanted);
  };
  const endLive = (): void => {
    feed.current?.close();
    feed.current = null;
    setLive(null);
  };

  const read = (files: readonly File[]): void => {
    endLive();
    reading.current?.stop();
    const name = escapeText(files.map((file) => file.name).join(', '));
    const version = before.current?.version ?? '';
    setShown({ state: 'reading', progress: { name, part: null, packets: 0 } });
    const first = (data: PageData, coming: number | null): void => {
      history.replaceState(null, '', location.pathname + location.search);
      show(data, coming);
    };
    let early: PageData | null = null;
    const started = readCaptures(
      { files, version },
      {
        progress({ part, packets }) {
          if (early === null) setShown({ state: 'reading', progress: { name, part, packets } });
          else show(early, part ?? 0);
        },
        early(data) {
          early = data;
          first(data, 0);
        },
      },
    );
    reading.current = started;
    started.data.then((data) => {
      if (reading.current !== started) return;
      if (early === null) first(data, null);
      else show(data);
    }, fail);
  };
  const cancel = (): void => {
    reading.current?.stop();
    reading.current = null;
    const data = before.current;
    setShown(
      data === null
        ? { state: 'empty', problem: null }
        : { state: 'report', data, problem: null, coming: null },
    );
  };

  return (
    <DropArea read={read}>
      {(choose) => {
        switch (shown.state) {
          case 'loading':
            return <p class="plain">{phrases.UNPACKING}</p>;
          case 'waiting':
            return <Waiting state={live ?? 'waiting'} />;
          case 'empty':
            return <Start choose={choose} problem={shown.problem} />;
          case 'reading':
            return <ReadingView progress={shown.progress} cancel={cancel} />;
          case 'report':
            return (
              <Report
                data={shown.data}
                problem={shown.problem}
                coming={shown.coming}
                choose={choose}
                live={live === null ? null : { state: live, isPaused, pause }}
                key={shown.data.files.join()}
              />
            );
        }
      }}
    </DropArea>
  );
}

function Start({ choose, problem }: { choose: () => void; problem: string | null }): JSX.Element {
  return (
    <main class="start">
      <h1>{phrases.DROP_HERE}</h1>
      <p>{phrases.WHAT_IS_READ}</p>
      <button type="button" class="primary" onClick={choose}>
        {phrases.CHOOSE_FILE}
      </button>
      {problem === null ? null : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </main>
  );
}

/** A live page before the first packet. */
function Waiting({ state }: { state: LiveState }): JSX.Element {
  return (
    <main class="start">
      <h1>{phrases.waitingTitle(state)}</h1>
      <p role="status">{phrases.waitingText(state)}</p>
    </main>
  );
}

function ReadingView({ progress, cancel }: { progress: Progress; cancel: () => void }): JSX.Element {
  const { name, part, packets } = progress;
  return (
    <main class="start">
      <h1>{phrases.readingTitle(name)}</h1>
      <progress aria-label={phrases.HOW_MUCH_IS_READ} {...(part === null ? {} : { value: part, max: 1 })} />
      <p role="status">{phrases.count(packets, 'packet')}</p>
      <button type="button" onClick={cancel}>
        {phrases.STOP}
      </button>
    </main>
  );
}

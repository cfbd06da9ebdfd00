/** Steps through the segments of a ladder. */
import type { JSX } from 'preact';

interface Props {
  /** Place of the chosen one, from 0; -1 for none. */
  at: number;
  steps: number;
  playing: boolean;
  asTable: boolean;
  go(to: number): void;
  play(): void;
  turn(): void;
  /** In hundredths of what fits. */
  zoom: number;
  setZoom(zoom: number): void;
}

const LEAST = 100;
const MOST = 300;
const STEP = 50;

export function Stepper({ at, steps, playing, asTable, go, play, turn, zoom, setZoom }: Props): JSX.Element {
  return (
    <div class="stepper" role="toolbar" aria-label="step through the segments">
      <button type="button" onClick={() => go(0)} disabled={at <= 0}>
        first
      </button>
      <button type="button" onClick={() => go(at - 1)} disabled={at <= 0}>
        back
      </button>
      <button type="button" onClick={play} aria-pressed={playing}>
        {playing ? 'pause' : 'play'}
      </button>
      <button type="button" onClick={() => go(at + 1)} disabled={at >= steps - 1}>
        next
      </button>
      <output>
        {at + 1} of {steps}
      </output>
      <span class="hint" aria-hidden="true">
        <kbd>j</kbd> <kbd>k</kbd> step · <kbd>space</kbd> play
      </span>
      {asTable ? null : (
        <span class="zoom">
          <button
            type="button"
            aria-label="smaller"
            disabled={zoom <= LEAST}
            onClick={() => setZoom(zoom - STEP)}
          >
            −
          </button>
          <button
            type="button"
            aria-label="larger"
            disabled={zoom >= MOST}
            onClick={() => setZoom(zoom + STEP)}
          >
            +
          </button>
        </span>
      )}
      <button type="button" class="turn" onClick={turn} aria-pressed={asTable}>
        table
      </button>
    </div>
  );
}

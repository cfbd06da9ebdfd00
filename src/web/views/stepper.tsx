/** Steps through the segments of a ladder. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';

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
  /** Opens all folds, or closes them again. */
  fold(): void;
  /** Null where nothing is folded. */
  isFolded: boolean | null;
}

const LEAST = 100;
const MOST = 300;
const STEP = 50;

export function Stepper(props: Props): JSX.Element {
  const { at, steps, playing, asTable, go, play, turn, zoom, setZoom, fold, isFolded } = props;
  return (
    <div class="stepper" role="toolbar" aria-label={phrases.STEP_TOOLBAR}>
      <button type="button" onClick={() => go(0)} disabled={at <= 0}>
        {phrases.FIRST_STEP}
      </button>
      <button type="button" onClick={() => go(at - 1)} disabled={at <= 0}>
        {phrases.STEP_BACK}
      </button>
      <button type="button" onClick={play} aria-pressed={playing}>
        {playing ? phrases.PAUSE : phrases.PLAY}
      </button>
      <button type="button" onClick={() => go(at + 1)} disabled={at >= steps - 1}>
        {phrases.NEXT_STEP}
      </button>
      <output>{phrases.positionText(at + 1, steps)}</output>
      <span class="hint" aria-hidden="true">
        <kbd>j</kbd> <kbd>k</kbd> {phrases.STEPS_KEY} · <kbd>{phrases.SPACE_KEY}</kbd> {phrases.PLAY}
      </span>
      {asTable || isFolded === null ? null : (
        <button type="button" onClick={fold}>
          {isFolded ? phrases.UNFOLD_ALL : phrases.FOLD_AGAIN}
        </button>
      )}
      {asTable ? null : (
        <span class="zoom">
          <button
            type="button"
            aria-label={phrases.SMALLER}
            disabled={zoom <= LEAST}
            onClick={() => setZoom(zoom - STEP)}
          >
            −
          </button>
          <button
            type="button"
            aria-label={phrases.LARGER}
            disabled={zoom >= MOST}
            onClick={() => setZoom(zoom + STEP)}
          >
            +
          </button>
        </span>
      )}
      <button type="button" class="turn" onClick={turn} aria-pressed={asTable}>
        {phrases.AS_TABLE}
      </button>
    </div>
  );
}

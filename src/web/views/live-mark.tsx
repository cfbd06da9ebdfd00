/** Whether what is shown is live, and the button to pause it. */
import type { JSX } from 'preact';
import type { LiveState } from '../model/live-data.js';

export interface Live {
  state: LiveState;
  isPaused: boolean;
  pause(isPaused: boolean): void;
}

const WORDS: Record<LiveState, string> = {
  waiting: 'waiting for packets',
  live: 'live',
  lost: 'no answer from synfin: what came so far',
  ended: 'capture ended',
};

export function LiveMark({ live: { state, isPaused, pause } }: { live: Live }): JSX.Element {
  const isRunning = state === 'waiting' || state === 'live';
  return (
    <span class="live">
      <span role="status" class={`live-state ${isRunning && !isPaused ? 'on' : ''} ${state}`}>
        {isPaused && isRunning ? 'paused' : WORDS[state]}
      </span>
      {isRunning || isPaused ? (
        <button type="button" aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
      ) : null}
    </span>
  );
}

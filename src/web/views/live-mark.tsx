/** Whether what is shown is live, and the button to pause it. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';
import type { LiveState } from '../model/live-data.js';

export interface Live {
  state: LiveState;
  isPaused: boolean;
  pause(isPaused: boolean): void;
}

export function LiveMark({ live: { state, isPaused, pause } }: { live: Live }): JSX.Element {
  const isRunning = state === 'waiting' || state === 'live';
  return (
    <span class="live">
      <span role="status" class={`live-state ${isRunning && !isPaused ? 'on' : ''} ${state}`}>
        {isPaused && isRunning ? phrases.PAUSED : phrases.pageState(state)}
      </span>
      {isRunning || isPaused ? (
        <button type="button" aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
          {isPaused ? phrases.GO_ON : phrases.PAUSE_PAGE}
        </button>
      ) : null}
    </span>
  );
}

/** The keys of the page, and a way to turn off those of one character (WCAG 2.1.4). */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

let on = true;

export function keysAreOn(): boolean {
  return on;
}

const KEYS = [
  ['j, k, ↓, ↑', 'next and previous segment, or row of the list'],
  ['space', 'play and pause'],
  ['Home, End', 'first and last segment'],
  ['t', 'ladder or table of the segments'],
  ['/', 'to the where box'],
  ['Enter', 'open the connection'],
  ['Esc', 'back to the list'],
  ['[, ]', 'previous and next connection'],
  ['?', 'these keys'],
] as const;

export function KeysHelp({ close }: { close(): void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [active, setActive] = useState(on);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={active}
          onChange={({ currentTarget }) => {
            on = currentTarget.checked;
            setActive(on);
          }}
        />{' '}
        keys of one character
      </label>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

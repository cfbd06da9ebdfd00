/** The keys of the page, and a way to turn off those of one character (WCAG 2.1.4). */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';

let on = true;

export function keysAreOn(): boolean {
  return on;
}

export function KeysHelp({ close }: { close(): void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [active, setActive] = useState(on);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">{phrases.PAGE_KEYS_TITLE}</h2>
      <dl>
        {phrases.pageKeys().map(([keys, meaning]) => (
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
        {phrases.ONE_CHARACTER_KEYS}
      </label>
      <button type="button" onClick={() => dialog.current?.close()}>
        {phrases.CLOSE_DIALOG}
      </button>
    </dialog>
  );
}

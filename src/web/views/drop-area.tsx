/** Takes files that are dropped anywhere on the page, or chosen in a dialog. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';

export interface Progress {
  name: string;
  /** Of the whole work, 0 to 1; null where that is not known. */
  part: number | null;
  packets: number;
}

interface Props {
  read(files: readonly File[]): void;
  /** `choose` opens the dialog. */
  children(choose: () => void): ComponentChildren;
}

export function DropArea({ read, children }: Props): JSX.Element {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(read);
  latest.current = read;

  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) latest.current(files);
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);

  return (
    <>
      {children(() => input.current?.click())}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={phrases.CAPTURE_FILES}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (files.length > 0) read(files);
          currentTarget.value = '';
        }}
      />
      {over ? <div class="over">{phrases.DROP_NOW}</div> : null}
    </>
  );
}

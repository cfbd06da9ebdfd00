/** Which rows of a long list are in sight: the others are only room. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond what is in sight, on either side. */
const MORE = 12;
const HEIGHT = 32;
/** On a phone a row has room for four lines (styles/40-list.css). */
const NARROW_HEIGHT = 96;
const NARROW = 600;
const HEAD = 34;

export interface RowWindow {
  first: number;
  /** Before which row it ends. */
  last: number;
  height: number;
  /** Scrolls a row into sight. */
  show(row: number): void;
}

export function useRowWindow(box: RefObject<HTMLElement | null>, rows: number): RowWindow {
  const [{ top, room, width }, setSight] = useState({ top: 0, room: 600, width: 1000 });
  const height = width < NARROW ? NARROW_HEIGHT : HEIGHT;
  const head = width < NARROW ? 0 : HEAD;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => {
      const next = { top: element.scrollTop, room: element.clientHeight, width: innerWidth };
      setSight((last) =>
        Math.abs(last.top - next.top) < HEIGHT * 4 && last.room === next.room && last.width === next.width
          ? last
          : next,
      );
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      element.removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [rows]);
  const first = Math.max(0, Math.min(rows - 1, Math.floor(top / height) - MORE));
  const last = Math.min(rows, Math.ceil((top + room) / height) + MORE);
  return {
    first,
    last,
    height,
    show(row) {
      const element = box.current;
      if (element === null) return;
      const from = row * height;
      if (from < element.scrollTop) element.scrollTop = from;
      else if (from + height + head > element.scrollTop + element.clientHeight)
        element.scrollTop = from + height + head - element.clientHeight;
    },
  };
}

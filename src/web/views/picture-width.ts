/** How wide a picture is drawn: as the room for it, which may change. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const LEAST = 288;
const MOST = 920;

/** `box`: what the picture is put into; 0 before the first layout. */
export function usePictureWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const frame = box.current?.parentElement ?? null;
    if (frame === null) return;
    const measure = (): void => setWidth(widthOf(frame.clientWidth));
    const watch = new ResizeObserver(measure);
    watch.observe(frame);
    measure();
    return () => watch.disconnect();
  }, []);
  return width;
}

/** Whole pixels, so that a scroll bar does not lay everything out again and again. */
function widthOf(room: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.floor(room / 4) * 4));
}

/** The renderers of reports, by format: each is loaded only where it is asked for. */
import type { DrawingOptions } from '../report/drawing.js';
import type { Renderer } from '../report/report.js';

type Loader<Options> = () => Promise<Renderer<Options>>;

/** Of connections and flows one by one. A PNG is the SVG in pixels. */
export const DRAWINGS = {
  svg: async () => (await import('../svg/render-svg.js')).renderSvg,
  png: async () => (await import('../svg/render-svg.js')).renderSvg,
  mermaid: async () => (await import('../markdown/mermaid.js')).renderMermaid,
  markdown: async () => (await import('../markdown/markdown.js')).renderMarkdown,
} as const satisfies Readonly<Record<string, Loader<DrawingOptions>>>;

export type DrawingName = keyof typeof DRAWINGS;
export const DRAWING_NAMES = Object.keys(DRAWINGS) as DrawingName[];

/** What pictures of connections and flows have in common. */
import type { CaptureSummary } from '../../analysis/summary.js';
import type { Theme } from '../picture/names.js';

export interface DrawingOptions {
  /** In pixels. */
  width: number;
  theme: Theme;
  /** Raw sequence numbers. */
  absolute: boolean;
}

/** Of the file; null where there are several, or none that has a name. */
export function fileName({ files: [file, ...more] }: Pick<CaptureSummary, 'files'>): string | null {
  if (file === undefined || more.length > 0 || file.path === '-') return null;
  const { path } = file;
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

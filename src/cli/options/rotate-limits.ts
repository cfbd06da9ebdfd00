/** When `--rotate` begins a new file. A file of its own, so that the command line need not load the rest to parse it. */

/** When a new file is begun; null: not for this reason. */
export interface RotateLimits {
  bytes: number | null;
  seconds: number | null;
}

const UNITS: Readonly<Record<string, { of: keyof RotateLimits; factor: number }>> = {
  b: { of: 'bytes', factor: 1 },
  kb: { of: 'bytes', factor: 1e3 },
  mb: { of: 'bytes', factor: 1e6 },
  gb: { of: 'bytes', factor: 1e9 },
  kib: { of: 'bytes', factor: 2 ** 10 },
  mib: { of: 'bytes', factor: 2 ** 20 },
  gib: { of: 'bytes', factor: 2 ** 30 },
  s: { of: 'seconds', factor: 1 },
  m: { of: 'seconds', factor: 60 },
  min: { of: 'seconds', factor: 60 },
  h: { of: 'seconds', factor: 3600 },
};

/** `100MB`, `60s`, or both: `100MB,60s`. Null where it makes no sense. */
export function parseRotate(
  text: string,
  before: RotateLimits = { bytes: null, seconds: null },
): RotateLimits | null {
  const limits = { ...before };
  for (const part of text.split(',')) {
    const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(part);
    const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
    const value = Number(match?.[1]) * (unit?.factor ?? Number.NaN);
    if (unit === undefined || !(value >= 1)) return null;
    limits[unit.of] = Math.floor(value);
  }
  return limits;
}

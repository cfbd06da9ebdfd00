/** How much of a file was read, in the largest unit that fits it, for every language. */

const SIZES = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** `decimal`: a number with the given decimals, as the language writes it. */
export function extentParts(
  read: number,
  size: number | null,
  decimal: (value: number, decimals: number) => string,
): { percent: string | null; read: string; size: string | null; unit: string } {
  const [unit, bytes] = SIZES.find(([, least]) => Math.max(read, size ?? 0) >= least) ?? ['bytes', 1];
  const amount = (value: number): string => (bytes === 1 ? String(value) : decimal(value / bytes, 1));
  return {
    percent: size === null ? null : String(Math.floor((100 * Math.min(read, size)) / size)),
    read: amount(read),
    size: size === null ? null : amount(size),
    unit,
  };
}

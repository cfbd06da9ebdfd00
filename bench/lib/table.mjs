// A table that reads well on a terminal and is Markdown as well.
export function table(headers, rows) {
  const lines = [headers, ...rows].map((row) => row.map(String));
  const widths = headers.map((_, i) => Math.max(3, ...lines.map((row) => row[i].length)));
  const show = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((w, i) => (i === 0 ? '-'.repeat(w) : `${'-'.repeat(w - 1)}:`)).join(' | ')} |`;
  return [show(lines[0]), rule, ...lines.slice(1).map(show)].join('\n');
}

export const inSeconds = (s) => (s < 0.2 ? `${(s * 1000).toFixed(1)} ms` : `${s.toFixed(2)} s`);
export const inMegabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
export const inMillions = (perSecond) => `${(perSecond / 1e6).toFixed(2)} M`;

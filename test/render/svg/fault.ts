/** Whether SVG is well-formed. */

/** What is wrong with the markup or with a number in it; null for nothing. */
export function fault(svg: string): string | null {
  const open: string[] = [];
  for (const [tag, name = '', slash] of svg.matchAll(/<\/?([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (tag.startsWith('</')) {
      if (open.pop() !== name) return `${tag} closes another element`;
    } else if (slash !== '/') open.push(name);
  }
  if (open.length > 0) return `${open.join()} is left open`;
  const content = svg.replace(/<style>.*?<\/style>/s, '').replace(/<\/?[a-zA-Z][^<>]*>/g, '');
  if (/[<>]|&(?!(amp|lt|gt|quot);)/.test(content)) return 'text with markup';
  const number = /(NaN|undefined|Infinity|-?\d\.\d{3,}[ "L])/.exec(
    svg.replace(/<(title|desc|text).*?<\/\1>/gs, ''),
  );
  return number === null ? null : `${number[0]} in a place`;
}

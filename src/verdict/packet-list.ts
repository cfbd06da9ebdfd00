/** The packets that a verdict rests on. */

/** Numbers above 0, each once, in ascending order: 0 stands for a packet that was not seen. */
export function inOrder(...packets: number[]): number[] {
  const ordered: number[] = [];
  for (const packet of packets) {
    if (packet <= 0 || ordered.includes(packet)) continue;
    let at = ordered.length;
    for (; at > 0 && (ordered[at - 1] ?? 0) > packet; at--) ordered[at] = ordered[at - 1] ?? 0;
    ordered[at] = packet;
  }
  return ordered;
}

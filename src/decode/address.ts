/** Addresses as text. IPv4 in dotted decimals; IPv6 in the canonical form of RFC 5952. */

/** `version` 4 or 6; four 32-bit words, IPv4 in the last. */
export function addressText(version: number, w0: number, w1: number, w2: number, w3: number): string {
  return version === 6 ? ipv6Text(w0, w1, w2, w3) : ipv4Text(w3);
}

function ipv4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
}

function ipv6Text(...words: [number, number, number, number]): string {
  const [w0, w1, w2, w3] = words;
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return `::ffff:${ipv4Text(w3)}`;
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  // the longest run of zero groups, the first of equals, at least two (RFC 5952 4.2)
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > length) {
      start = i;
      length = run;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** Address and port, IPv6 in brackets (RFC 3986 3.2.2). */
export function endpointText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

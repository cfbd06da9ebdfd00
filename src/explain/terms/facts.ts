/** What is the same of every term in all languages. */

import { causeFacts, ignoredFacts } from './facts-causes.js';
import { connectionFacts } from './facts-connections.js';
import { patternFacts, segmentFacts } from './facts-findings.js';
import { fieldFacts, flagFacts, stateFacts } from './facts-header.js';
import { icmpFacts } from './facts-icmp.js';
import { measureFacts } from './facts-measures.js';
import { optionFacts } from './facts-options.js';
import { completenessFacts, connStateFacts, historyFacts } from './facts-peers.js';
import { closingFacts, openingFacts, outcomeFacts } from './facts-verdicts.js';
import { wordFacts } from './facts-words.js';
import type { OfTerms, TermFacts, TermKind } from './names.js';

export const termFacts: OfTerms<TermFacts> = {
  word: { ...wordFacts, ...measureFacts },
  state: stateFacts,
  flag: flagFacts,
  field: fieldFacts,
  option: optionFacts,
  opening: openingFacts,
  closing: closingFacts,
  outcome: outcomeFacts,
  cause: causeFacts,
  finding: { ...segmentFacts, ...connectionFacts, ...icmpFacts },
  pattern: patternFacts,
  ignored: ignoredFacts,
  connState: connStateFacts,
  history: historyFacts,
  completeness: completenessFacts,
};

/** The source of the rules of a kind where that is not an RFC; null where it is. */
export const KIND_SOURCES: Readonly<Record<TermKind, string | null>> = {
  word: null,
  state: null,
  flag: null,
  field: null,
  option: null,
  opening: null,
  closing: null,
  outcome: null,
  cause: 'docs/reset-causes.md',
  finding: 'docs/findings.md',
  pattern: 'docs/findings.md',
  ignored: null,
  connState: 'Zeek: base/protocols/conn/main.zeek',
  history: 'Zeek: base/protocols/conn/main.zeek',
  completeness: 'Wireshark: tcp.completeness',
};

/** How to find a term in your own capture; null where no filter finds it. */
export function findCommand(kind: TermKind, name: string, { finding, where }: TermFacts): string | null {
  const asked = where ?? (finding === undefined ? condition(kind, name) : `has("${finding}")`);
  return asked === null ? (OTHERWISE[kind] ?? null) : `synfin trace.pcap --where '${asked}'`;
}

const OTHERWISE: Partial<Record<TermKind, string>> = {
  flag: 'synfin browse trace.pcap',
  field: 'synfin report trace.pcap -o trace.html',
  option: 'synfin report trace.pcap -o trace.html',
  pattern: 'synfin trace.pcap',
};

function condition(kind: TermKind, name: string): string | null {
  switch (kind) {
    case 'state':
      return `"${name}" in [states.client, states.server]`;
    case 'opening':
      return `opening.kind == "${name}"`;
    case 'closing':
      return `closing.kind == "${name}"`;
    case 'outcome':
      return `outcome.kind == "${name}"`;
    case 'cause':
      return `closing.reset.cause == "${name}"`;
    case 'finding':
      return `has("${name}")`;
    case 'ignored':
      return 'has("ignored-segment")';
    case 'connState':
      return `connState == "${name}"`;
    case 'history':
      return `history.contains("${name}")`;
    case 'completeness':
      return `completeness == ${name === 'completeness' ? '31' : name}`;
    default:
      return null;
  }
}

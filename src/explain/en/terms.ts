/** All texts of `synfin explain` in English; not in index.ts, as they are loaded for that command alone. */
import type { TermTexts } from '../terms/names.js';
import { causeTexts, ignoredTexts } from './terms-causes.js';
import { connectionTexts } from './terms-connections.js';
import { patternTexts, segmentTexts } from './terms-findings.js';
import { fieldTexts, flagTexts, stateTexts } from './terms-header.js';
import { icmpTexts } from './terms-icmp.js';
import { termLabels } from './terms-labels.js';
import { measureTexts } from './terms-measures.js';
import { optionTexts } from './terms-options.js';
import { completenessTexts, connStateTexts, historyTexts } from './terms-peers.js';
import { closingTexts, openingTexts, outcomeTexts } from './terms-verdicts.js';
import { wordTexts } from './terms-words.js';

export const termTexts: TermTexts = {
  labels: termLabels,
  word: { ...wordTexts, ...measureTexts },
  state: stateTexts,
  flag: flagTexts,
  field: fieldTexts,
  option: optionTexts,
  opening: openingTexts,
  closing: closingTexts,
  outcome: outcomeTexts,
  cause: causeTexts,
  finding: { ...segmentTexts, ...connectionTexts, ...icmpTexts },
  pattern: patternTexts,
  ignored: ignoredTexts,
  connState: connStateTexts,
  history: historyTexts,
  completeness: completenessTexts,
};

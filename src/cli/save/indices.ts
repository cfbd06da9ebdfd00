/** The numbers of what matches an expression, for what needs them before the packets are read. */
import { phrases } from '../../explain/phrases.js';
import type { SeenValues } from '../../where/value-tally.js';
import { askedExpression } from '../options/ask.js';
import { type AnalyzeFlags, isPicture } from '../options/options.js';
import type { OutputPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';

/**
 * Which connections match is known only when they are over. Where their packets are wanted too, the files are read twice:
 * the first time only for that.
 */
export async function withIndices(
  files: readonly string[],
  flags: AnalyzeFlags,
  io: CliIo,
): Promise<Indices> {
  const { format } = flags;
  const hasLadders = flags.explain === true || flags.dialogue === true;
  const showsPackets = hasLadders || format === 'ladder' || format === 'ascii' || isPicture(format);
  const wantsPackets = flags.write !== undefined || flags.packets === true || showsPackets;
  const wantsEvents = flags.events === true && flags.follow !== true;
  const where = wantsPackets || wantsEvents ? askedExpression(flags) : null;
  if (where === null) return { flags, sentences: [], ofFlows: false, seen: null };
  const { matchingConnections } = await import('./matching.js');
  const { matched, all, matchedFlows, allFlows, seen } = await matchingConnections(files, where, flags, io);
  const ofFlows = matchedFlows.length > 0 || (all === 0 && allFlows > 0);
  const sentences = [
    ...(all > 0 || allFlows === 0 ? [phrases.matchSentence(matched.length, all, 'connection')] : []),
    ...(ofFlows ? [phrases.matchSentence(matchedFlows.length, allFlows, 'UDP flow')] : []),
  ];
  return { flags: { ...flags, matched, matchedFlows }, sentences, ofFlows, seen };
}

export interface Indices {
  /** With the numbers of what matches, where they were looked for. */
  flags: AnalyzeFlags;
  /** How many match. */
  sentences: readonly string[];
  /** Also how many flows. */
  ofFlows: boolean;
  /** Which values there are where nothing matched. */
  seen: SeenValues | null;
}

/** A list, and groups, say themselves how many connections match, but not how many flows. */
export function countsMatching(plan: OutputPlan, ofFlows: boolean): boolean {
  return !ofFlows && plan.form === 'text' && (plan.list !== null || (plan.groups?.by ?? null) !== null);
}

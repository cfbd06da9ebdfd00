/**
 * What a scenario expects of a connection, one line each:
 *
 *     connections 2                       how many there are; `of 1` chooses the one that the next lines are about
 *     opening three-way complete          kind; `incomplete` where it is not
 *     closing four-step client complete   kind, who was first (or `nobody`), `incomplete` where it is not
 *     reset by server cause refused high packets 1 2     or `reset none`; `ignored` behind it where it was
 *     reset by server cause refused high or firewall     with what else the packets do not exclude; `or` alone: nothing
 *     timewait client                     or `server`, `both`, `nobody`
 *     states TIME-WAIT CLOSED             of client and server at the end
 *     completeness 31
 *     zeek SF ShADadFf
 *     findings idle roles-guessed         all that are not codes of segments; empty without any
 *     patterns syn-flood                  of the whole capture
 *     udp answered unicast                of flow `of`; behind it `icmp port-unreachable`
 *     says opening three-way handshake in 30 ms          or `says closing`, `performance`, `agreed`, `udp`
 *     finding third-lost SYN-ACK...       the sentence of the first finding with that code
 *     is traffic.client.bytes 5           any value of the report by its path
 */
import { agreedSentence, performanceSentence } from '../../src/explain/en/facts.js';
import { findingSentence } from '../../src/explain/en/finding-sentences.js';
import { closingSentence, openingSentence } from '../../src/explain/en/sentences.js';
import { udpSentence } from '../../src/explain/en/udp-sentences.js';
import { CODES } from '../../src/track/memory/codes.js';
import type { Closing } from '../../src/verdict/closing.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import type { UdpFlowReport } from '../../src/verdict/udp.js';
import type { Expectation } from './parse.js';
import type { Results } from './pipeline.js';

/** The actual result in the words of the expectation; equal to it where it is met. */
export function actual(expectation: Expectation, results: Results): string {
  const [word = '', ...rest] = expectation.words;
  if (word === 'connections') return `connections ${results.connections.length}`;
  if (word === 'patterns') return ['patterns', ...results.summary.patterns.map(({ code }) => code)].join(' ');
  if (word === 'udp' || (word === 'says' && rest[0] === 'udp')) {
    const flow = results.udpFlows.find(({ index }) => index === expectation.connection);
    if (flow === undefined) return `no UDP flow ${expectation.connection}`;
    return word === 'udp' ? udpText(flow) : `says udp ${udpSentence(flow)}`;
  }
  const report = results.connections.find(({ index }) => index === expectation.connection);
  if (report === undefined) return `no connection ${expectation.connection}`;
  return ofConnection(report, word, rest);
}

const SENTENCES: Readonly<Record<string, (report: ConnectionReport) => string>> = {
  opening: openingSentence,
  closing: closingSentence,
  performance: performanceSentence,
  agreed: agreedSentence,
};

function ofConnection(report: ConnectionReport, word: string, rest: readonly string[]): string {
  const { opening, closing } = report;
  switch (word) {
    case 'opening':
      return `opening ${opening.kind} ${opening.complete ? 'complete' : 'incomplete'}`;
    case 'closing':
      return `closing ${closing.kind} ${closing.initiator ?? 'nobody'} ${closing.complete ? 'complete' : 'incomplete'}`;
    case 'reset':
      return resetText(closing, rest);
    case 'timewait':
      return `timewait ${closing.timeWait ?? 'nobody'}`;
    case 'states':
      return `states ${report.states.client} ${report.states.server}`;
    case 'completeness':
      return `completeness ${report.completeness}`;
    case 'zeek':
      return `zeek ${report.connState} ${report.history}`;
    case 'findings': {
      const known: ReadonlySet<string> = new Set([...CODES, 'ignored-segment']);
      const codes = Object.keys(report.findingCounts).filter((code) => !known.has(code));
      return ['findings', ...codes.sort()].join(' ');
    }
    case 'says':
      return `says ${rest[0]} ${SENTENCES[rest[0] ?? '']?.(report)}`;
    case 'finding': {
      const found = report.findings.find(({ code }) => code === rest[0]);
      return `finding ${rest[0]} ${found === undefined ? '(none)' : findingSentence(found, report)}`;
    }
    case 'is': {
      const [path = '', ...expected] = rest;
      const value = path.split('.').reduce<unknown>((at, name) => Reflect.get(Object(at), name), report);
      const text = Array.isArray(value) ? value.join(' ') : String(value);
      return `is ${path} ${Number(text) === Number(expected.join(' ')) ? expected.join(' ') : text}`.trimEnd();
    }
    default:
      return `(no such expectation: ${word})`;
  }
}

function resetText(closing: Closing, words: readonly string[]): string {
  const { reset } = closing;
  if (reset === null) return 'reset none';
  const { by, cause, confidence, evidence, accepted, alternatives } = reset;
  let text = `reset by ${by} cause ${cause} ${confidence}${accepted ? '' : ' ignored'}`;
  if (words.includes('or')) text += ` or ${alternatives.join(' ')}`.trimEnd();
  return words.includes('packets') ? `${text} packets ${evidence.join(' ')}` : text;
}

function udpText(flow: UdpFlowReport): string {
  const text = `udp ${flow.answered ? 'answered' : 'unanswered'} ${flow.cast}`;
  return flow.icmp === null ? text : `${text} icmp ${flow.icmp.meaning}`;
}

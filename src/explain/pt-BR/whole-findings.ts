/** Findings about a connection as a whole, which belong to no segment, as sentences. */
import { entryOf } from '../../verdict/catalogue.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { findingSentence } from './finding-sentences.js';

/** Each once. `packets`: with the packet that each rests on. */
export function wholeFindings(report: ConnectionReport, packets = false): string[] {
  const sentences = report.findings
    .filter(({ code }) => entryOf(code)?.scope === 'connection')
    .map((finding) => {
      const sentence = findingSentence(finding, report);
      return packets && finding.packet > 0 ? `${sentence} (pacote ${finding.packet})` : sentence;
    });
  return [...new Set(sentences)];
}

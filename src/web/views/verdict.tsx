/** What happened, in sentences whose packets lead to the segments that prove them. */

import type { ComponentChildren, JSX } from 'preact';
import type { CaptureSummary } from '../../analysis/summary.js';
import { phrases } from '../../explain/phrases.js';
import { doubtedBy } from '../../verdict/losses.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { linkedPieces } from '../model/linked.js';

interface Props {
  report: ConnectionReport;
  capture: CaptureSummary;
  select(packet: number): void;
}

/** Packets of one finding that are linked. */
const LINKED = 5;

export function Verdict({ report, capture, select }: Props): JSX.Element {
  const { opening, closing } = report;
  const caveat = phrases.dropsCaveat(doubtedBy(report, capture.drops));
  const findings = findingsOf(report);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const [agreed, times] = [phrases.agreedSentence(report), phrases.performanceSentence(report)];
  const notes = findings.filter(({ severity }) => severity === 'note');
  return (
    <>
      <h2 id="connection-title" class="verdict" tabIndex={-1}>
        {phrases.headline(report)}
      </h2>
      <dl class="facts-list">
        <Fact name={phrases.phaseName('opening')}>
          <Linked text={phrases.openingSentence(report)} packets={opening.packets} select={select} />
        </Fact>
        {closing.kind === 'none' ? null : (
          <Fact name={phrases.phaseName('closing')}>
            <Linked text={phrases.closingSentence(report)} packets={closing.packets} select={select} />
          </Fact>
        )}
        {warnings.map((finding) => (
          <Fact key={finding.text} name={phrases.factName('warning')} style="warning">
            <FindingText finding={finding} select={select} />
          </Fact>
        ))}
        {notes.length === 0 ? null : (
          <Fact name={phrases.factName(notes.length === 1 ? 'note' : 'notes')}>
            {notes.map((finding, at) => (
              <span key={finding.text}>
                {at === 0 ? '' : '; '}
                <FindingText finding={finding} select={select} />
              </span>
            ))}
          </Fact>
        )}
        {agreed === '' ? null : (
          <Fact name={phrases.factName('options')}>{phrases.withoutAgreed(agreed)}</Fact>
        )}
        {times === '' ? null : <Fact name={phrases.factName('times')}>{times}</Fact>}
        {caveat === null ? null : (
          <Fact name={phrases.factName('caveat')} style="warning">
            {caveat}
          </Fact>
        )}
      </dl>
    </>
  );
}

function Fact({
  name,
  style = '',
  children,
}: {
  name: string;
  style?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={style}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface Found {
  severity: 'note' | 'warning';
  text: string;
  /** The first packets of a finding, and how many there are. */
  packets: number[];
  n: number;
}

/** Findings, those with the same words as one. */
function findingsOf(report: ConnectionReport): Found[] {
  const found = new Map<string, Found>();
  for (const finding of report.findings) {
    const text = phrases.findingSentence(finding, report);
    const known = found.get(text);
    if (known === undefined) {
      found.set(text, { severity: finding.severity, text, packets: [finding.packet], n: 1 });
      continue;
    }
    known.n++;
    if (known.packets.length < LINKED) known.packets.push(finding.packet);
  }
  return [...found.values()];
}

function FindingText({
  finding: { text, packets, n },
  select,
}: {
  finding: Found;
  select(packet: number): void;
}): JSX.Element {
  return <Linked text={n > 1 ? phrases.saidTimes(text, n) : text} packets={packets} select={select} />;
}

interface LinkedProps {
  text: string;
  /** Further packets that it rests on. */
  packets: readonly number[];
  select(packet: number): void;
}

function Linked({ text, packets, select }: LinkedProps): JSX.Element {
  const pieces = linkedPieces(text);
  const named = new Set(pieces.map((piece) => (typeof piece === 'string' ? 0 : piece.packet)));
  const others = packets.filter((packet) => packet > 0 && !named.has(packet));
  return (
    <>
      {pieces.map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <PacketLink key={piece.packet} packet={piece.packet} select={select} />
        ),
      )}
      {others.map((packet) => (
        <span key={packet} class="evidence">
          {' '}
          #<PacketLink packet={packet} select={select} />
        </span>
      ))}
    </>
  );
}

function PacketLink({ packet, select }: { packet: number; select(packet: number): void }): JSX.Element {
  return (
    <button type="button" class="link" aria-label={phrases.packetName(packet)} onClick={() => select(packet)}>
      {packet}
    </button>
  );
}

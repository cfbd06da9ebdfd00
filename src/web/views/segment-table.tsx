/** All segments that the page has of a connection, as a table: also those that the ladder folds. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { phrases, type SegmentHead } from '../../explain/phrases.js';
import type { Segment } from '../model/segments.js';

interface Props {
  segments: readonly Segment[];
  chosen: Segment | null;
  select(packet: number): void;
}

const HEADS: readonly (readonly [SegmentHead, string])[] = [
  ['packet', 'n'],
  ['time', 'n'],
  ['from', ''],
  ['segment', ''],
  ['sequence', 'n'],
  ['acknowledgement', 'n'],
  ['client', ''],
  ['server', ''],
  ['notes', ''],
];

export function SegmentTable({ segments, chosen, select }: Props): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  useLayoutEffect(() => {
    const row = body.current?.querySelector('tr.cur');
    const box = row?.closest('.segment-table');
    if (!(row instanceof HTMLElement) || !(box instanceof HTMLElement)) return;
    const top = row.offsetTop - 34;
    if (top < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top - box.clientHeight / 2;
  }, [chosen]);
  return (
    <div class="segment-table">
      <table aria-label={phrases.SEGMENTS_TABLE}>
        <thead>
          <tr>
            {HEADS.map(([name, style]) => (
              <th key={name} scope="col" class={style}>
                {phrases.segmentHead(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {segments.map((segment) => (
            <tr
              key={segment.packet}
              class={segment === chosen ? 'cur' : undefined}
              onClick={() => select(segment.packet)}
            >
              <td class="n">
                <button
                  type="button"
                  class="link"
                  aria-pressed={segment === chosen}
                  tabIndex={segment === chosen ? 0 : -1}
                >
                  {segment.packet}
                </button>
              </td>
              <td class="n">{segment.time === 0 ? '0' : phrases.durationText(segment.time)}</td>
              <td>{phrases.LADDER_HEADS[segment.fromClient ? 'client' : 'server']}</td>
              <td class={segment.ignored !== null ? 'bad' : segment.again ? 'warn' : ''}>{segment.title}</td>
              <td class="n">{phrases.grouped(segment.sequence)}</td>
              <td class="n">
                {segment.acknowledgement === null ? '–' : phrases.grouped(segment.acknowledgement)}
              </td>
              <td class="soft">{phrases.stateWord(segment.client)}</td>
              <td class="soft">{phrases.stateWord(segment.server)}</td>
              <td class="notes">{segment.notes.join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

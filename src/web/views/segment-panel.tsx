/** The chosen segment: its header in the layout of RFC 9293, four bytes a row, and what each field says, in one fixed place. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type HeaderField, phrases } from '../../explain/phrases.js';
import type { SegmentStory } from '../../explain/story/story.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { Segment } from '../model/segments.js';

interface Props {
  segment: Segment;
  report: ConnectionReport;
  /** Bytes in hexadecimal; null where the page does not have them. */
  header: string | null;
  /** What it says, and why. */
  story: SegmentStory | undefined;
  /** Somebody chose it, so that on a phone its bytes are shown. */
  isChosen: boolean;
  /** It plays: nothing is read out. */
  quiet: boolean;
}

export function SegmentPanel({ segment, report, header, story, isChosen, quiet }: Props): JSX.Element {
  const fields = useMemo(
    () => (header === null ? [] : phrases.headerFields(bytesOf(header), { segment, report })),
    [segment, header],
  );
  const [name, setName] = useState('');
  const [sheet, setSheet] = useState(isChosen);
  const shown =
    fields.find((field) => keyOf(field) === name) ?? fields.find((field) => field.name === name) ?? fields[2];
  useEffect(() => setSheet(isChosen), [segment.packet]);
  const style = segment.ignored !== null ? 'bad' : segment.again ? 'warn' : '';
  return (
    <section
      class={sheet ? 'card panel segment' : 'card panel segment closed'}
      aria-labelledby="segment-title"
    >
      <h3 id="segment-title">
        <span class={style}>{segment.title}</span>{' '}
        <small>
          #{segment.packet} · {phrases.fromEnd(segment.fromClient ? 'client' : 'server')} ·{' '}
          {segment.time === 0 ? '0' : phrases.durationText(segment.time)}
        </small>
        <button type="button" class="sheet-button" aria-expanded={sheet} onClick={() => setSheet(!sheet)}>
          {sheet ? phrases.HIDE_BYTES : phrases.SHOW_BYTES}
        </button>
      </h3>
      {story === undefined ? null : <p class="story">{phrases.storySentence(story)}</p>}
      {segment.notes.length === 0 ? null : <p class={`notes ${style}`}>{segment.notes.join('; ')}</p>}
      {fields.length === 0 ? (
        <p class="soft">{phrases.BYTES_NOT_HERE}</p>
      ) : (
        <>
          <Header
            fields={fields}
            header={header ?? ''}
            shown={shown}
            show={(field) => setName(keyOf(field))}
          />
          <p class="why" aria-live={quiet ? 'off' : 'polite'}>
            {shown === undefined ? null : (
              <>
                <b>{phrases.fieldPlace(shown.name, shown.from, shown.to)}</b>
                {shown.meaning}.
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}

/** Options of one name may be there twice. */
function keyOf({ name, from }: HeaderField): string {
  return from < 20 ? name : `${name} ${from}`;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

interface HeaderProps {
  fields: readonly HeaderField[];
  header: string;
  shown: HeaderField | undefined;
  show(field: HeaderField): void;
}

function Header({ fields, header, shown, show }: HeaderProps): JSX.Element {
  const fixed = fields.filter(({ from }) => from < 20);
  const options = fields.filter(({ from }) => from >= 20);
  const move = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const buttons = [...event.currentTarget.querySelectorAll<Element>('button')];
    const at = document.activeElement === null ? 0 : buttons.indexOf(document.activeElement);
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))];
    if (next instanceof HTMLElement) next.focus();
    event.preventDefault();
  };
  const button = (field: HeaderField, style: string): JSX.Element => (
    <button
      type="button"
      key={keyOf(field)}
      class={field === shown ? `${style} on` : style}
      aria-pressed={field === shown}
      tabIndex={field === shown ? 0 : -1}
      onClick={() => show(field)}
      onFocus={() => show(field)}
      onPointerEnter={() => show(field)}
    >
      <span class="fn">{field.name}</span>
      <code>{hexOf(header, field)}</code>
      <span class="fv">{field.value}</span>
    </button>
  );
  return (
    <div class="bytes" role="toolbar" aria-label={phrases.HEADER_BYTES} onKeyDown={move}>
      <div class="grid">{fixed.map((field) => button(field, `byte s${field.to - field.from}`))}</div>
      {options.length === 0 ? null : <div class="opts">{options.map((field) => button(field, 'opt'))}</div>}
    </div>
  );
}

function hexOf(header: string, { from, to }: HeaderField): string {
  return (header.slice(from * 2, to * 2).match(/../g) ?? []).join(' ');
}

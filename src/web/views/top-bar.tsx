/** The bar at the top: whose capture, where in the page, and how it looks. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { PageData } from '../../page/page-data.js';
import { rfc3339, secondsBetween } from '../../time.js';
import { type Live, LiveMark } from './live-mark.js';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

interface Props {
  data: PageData;
  open: number | null;
  live: Live | null;
  /** How much of the segments is read, 0 to 1; null where nothing is being read. */
  coming: number | null;
  choose(): void;
  help(): void;
}

export function TopBar({ data, open, live, coming, choose, help }: Props): JSX.Element {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('themechange'));
  }, [theme]);
  return (
    <header class="top">
      <div class="in">
        <span class="brand">synfin</span>
        <span class="file">{fileText(data)}</span>
        {live === null ? null : <LiveMark live={live} />}
        {coming === null ? null : (
          <span class="coming">
            <span role="status">{phrases.SEGMENTS_COMING}</span>{' '}
            <progress aria-label={phrases.HOW_MUCH_IS_READ} value={coming} max={1} />
          </span>
        )}
        <span class="facts">{factsText(data)}</span>
        <nav aria-label={phrases.PAGE_PARTS}>
          <Part id="overview">{phrases.OVERVIEW_PART}</Part>
          <Part id="connections">{phrases.CONNECTIONS_PART}</Part>
          {open === null ? null : (
            <Part id="connection" isOpen>
              {phrases.connectionHeading(open)}
            </Part>
          )}
        </nav>
        <span class="tools">
          <button type="button" onClick={choose}>
            {phrases.OPEN_FILE}
          </button>
          <button type="button" onClick={help} aria-label={phrases.KEYS_BUTTON}>
            ?
          </button>
          <label class="theme">
            <span class="hidden">{phrases.THEME}</span>
            <select value={theme} onChange={({ currentTarget }) => setTheme(themeOf(currentTarget.value))}>
              {THEMES.map((name) => (
                <option key={name} value={name}>
                  {phrases.themeName(name)}
                </option>
              ))}
            </select>
          </label>
        </span>
      </div>
    </header>
  );
}

interface PartProps {
  id: string;
  isOpen?: boolean;
  children: ComponentChildren;
}

/** Scrolls to a part; the address stays that of what is open. */
function Part({ id, isOpen = false, children }: PartProps): JSX.Element {
  return (
    <a
      href={`#${id}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(id)?.scrollIntoView();
      }}
    >
      {children}
    </a>
  );
}

/** The name of the file, without its folders. */
function fileText({ files }: PageData): string {
  const [only = ''] = files;
  return files.length === 1 ? escapeText(only.replace(/^.*[/\\]/, '')) : phrases.filesText(files.length);
}

function themeOf(value: string): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** `9,202 packets · 7.15 s · 2025-10-09 08:53:20 UTC`. */
function factsText({ capture: { packets, start, end } }: PageData): string {
  const parts = [phrases.count(packets, 'packet')];
  if (start !== null && end !== null) {
    parts.push(phrases.durationText(secondsBetween(start, end)));
    const begun = rfc3339(start.seconds, start.nanoseconds);
    if (begun !== null) parts.push(phrases.momentText(begun.slice(0, 10), begun.slice(11, 19)));
  }
  return parts.join(' · ');
}

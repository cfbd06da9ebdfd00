/** The report page as a file: the page of the build, with the data of a capture in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UserError } from '../../errors.js';
import { ENGLISH, phrases } from '../../explain/phrases.js';
import { pack } from '../../page/pack.js';
import type { PageData } from '../../page/page-data.js';
import { installation } from '../terminal/package-root.js';

/** Where the data goes in the page; the build keeps it (scripts/build-page.mjs). */
export const DATA_PLACE = '<!--synfin-data-->';
const PAGE = 'dist/report.html';
/** The words of the page, in place of which another language goes. */
const WORDS = /<script type="application\/gzip" id="words">[^<]*<\/script>/;

/** Without data, a page that takes a capture by itself. */
export async function pageText(data: PageData | null): Promise<string> {
  const page = pageTemplate();
  const at = page.indexOf(DATA_PLACE);
  if (data === null || at < 0) return page;
  // base64 has no character that HTML reads as markup, whatever the capture contains
  const packed = (await promisify(gzip)(JSON.stringify(pack(data)), { level: 6 })).toString('base64');
  const block = `<script type="application/gzip" id="data">${packed}</script>`;
  return page.slice(0, at) + block + page.slice(at + DATA_PLACE.length);
}

/**
 * The page of a live capture: it asks the server that it came from for events (cli/serve), which the policy of a page from a
 * file does not allow.
 */
export function livePageText({ name, version }: { name: string; version: string }): string {
  const facts = JSON.stringify({ name, version }).replaceAll('<', '\\u003c');
  const block = `<script type="application/json" id="live">${facts}</script>`;
  return pageTemplate()
    .replace("default-src 'none'", "default-src 'none'; connect-src 'self'")
    .replace(DATA_PLACE, () => block);
}

/** The page of the build, in the language that is spoken. */
function pageTemplate(): string {
  const page = installed(PAGE);
  const { LANGUAGE_TAG: language, NEEDS_JAVASCRIPT: needs } = phrases;
  if (language === ENGLISH.LANGUAGE_TAG) return page;
  const words = installed(`dist/report.${language}.txt`);
  return page
    .replace(`<html lang="${ENGLISH.LANGUAGE_TAG}">`, `<html lang="${language}">`)
    .replace(ENGLISH.NEEDS_JAVASCRIPT, needs)
    .replace(WORDS, () => words);
}

function installed(name: string): string {
  try {
    return readFileSync(join(installation().root, name), 'utf8');
  } catch (cause) {
    throw new UserError({ kind: 'not-installed', name }, null, { cause });
  }
}

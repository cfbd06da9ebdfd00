/** The report page as a file: the page of the build, with the data of a capture in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UserError } from '../../errors.js';
import { pack } from '../../page/pack.js';
import type { PageData } from '../../page/page-data.js';
import { installation } from '../terminal/package-root.js';

/** Where the data goes in the page; the build keeps it (scripts/build-page.mjs). */
export const DATA_PLACE = '<!--synfin-data-->';
const PAGE = 'dist/report.html';

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

function pageTemplate(): string {
  const path = join(installation().root, PAGE);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`${PAGE} is missing from this installation`, 'install synfin again', { cause });
  }
}

/** The captures of the repository, and those of them that can be read. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** These must be refused. */
const UNREADABLE = new Set(['fixtures/synthetic/header-cut.pcap', 'fixtures/synthetic/not-a-capture.pcap']);

export const FOLDERS = ['fixtures/kernel', 'fixtures/synthetic', 'captures'];

export function captures(): string[] {
  return capturesIn(FOLDERS);
}

/** The same, and the cases. */
export function allCaptures(): string[] {
  return capturesIn([...FOLDERS, 'fixtures/cases']);
}

function capturesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(resolve(ROOT, folder))
      .filter((name) => /\.(pcap|pcapng)$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

export function readableCaptures(): string[] {
  return captures().filter((path) => !UNREADABLE.has(path));
}

/** Where the package is, whose files the command line reads: from a source file as from a file of the build. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  name: string;
  version: string;
}

/** The nearest folder above with the manifest of a package that has a name, and that manifest. */
export function installation(): { root: string; manifest: Manifest } {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, 'package.json');
    const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
    if (isManifest(manifest)) return { root: folder, manifest };
    const above = dirname(folder);
    if (above === folder) throw new Error('the package.json of synfin is missing from this installation');
    folder = above;
  }
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'name' in value && 'version' in value;
}

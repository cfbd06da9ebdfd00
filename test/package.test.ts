/**
 * The package as npm packs it: its content, that it installs into an empty folder and works there, that its
 * types are typed. Needs no network: dependencies that cannot be installed from npm's cache are linked from here.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
let folder: string;
let unpacked: string;

function run(command: string, argv: string[], cwd: string) {
  const env = { ...process.env, npm_config_update_notifier: 'false', npm_config_loglevel: 'error' };
  return spawnSync(command, argv, { cwd, encoding: 'utf8', env, timeout: 60_000 });
}

function filesIn(base: string): string[] {
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)))
    .sort();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-package-'));
  // without prepack, which builds: the build is there, and other tests are using it
  const pack = run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], ROOT);
  expect(pack.stderr).not.toMatch(/npm error/);
  const tarball = join(folder, `synfin-${manifest.version}.tgz`);
  unpacked = join(folder, 'installed', 'node_modules', 'synfin');
  mkdirSync(join(folder, 'installed'));
  writeFileSync(join(folder, 'installed', 'package.json'), '{"private":true,"type":"module"}\n');
  install(tarball);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** With npm where its cache has the dependencies; otherwise as npm lays it out, with those of this checkout. */
function install(tarball: string): void {
  const target = join(folder, 'installed');
  const argv = [
    'install',
    '--offline',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    tarball,
  ];
  if (run('npm', argv, target).status === 0) return;
  rmSync(join(target, 'node_modules'), { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  expect(run('tar', ['-xzf', tarball, '--strip-components=1', '-C', unpacked], target).status).toBe(0);
  for (const name of withTheirs(Object.keys(manifest.dependencies))) {
    const place = join(target, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(join(ROOT, 'node_modules', name), place, { recursive: true });
  }
  mkdirSync(join(target, 'node_modules', '.bin'), { recursive: true });
  symlinkSync('../synfin/dist/cli/main.js', join(target, 'node_modules', '.bin', 'synfin'));
}

/** Packages and what they depend on, as far as it lies at the top. */
function withTheirs(names: string[]): string[] {
  const all = new Set<string>();
  const add = (name: string): void => {
    const path = join(ROOT, 'node_modules', name, 'package.json');
    if (all.has(name) || !existsSync(path)) return;
    all.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(path, 'utf8'));
    for (const next of Object.keys(dependencies)) add(next);
  };
  for (const name of names) add(name);
  return [...all];
}

describe('the package contains', () => {
  it('the build, the recordings that the demo shows, the documents; nothing else', () => {
    const files = filesIn(unpacked).filter((name) => !name.startsWith('node_modules/'));
    const outside = files.filter((name) => !name.startsWith('dist/'));
    expect(outside).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      // what the recordings are; npm packs every README
      'captures/README.md',
      ...filesIn(join(ROOT, 'captures'))
        .filter((name) => name.endsWith('.pcap'))
        .map((name) => `captures/${name}`),
      ...filesIn(join(ROOT, 'docs/lessons')).map((name) => `docs/lessons/${name}`),
      'docs/synfin.1',
      // of the lessons: test/lessons.test.ts
      ...manifest.files.filter((name: string) => name.startsWith('fixtures/')),
      'package.json',
    ]);
    for (const name of files.filter((file) => file.startsWith('dist/'))) {
      expect(name).toMatch(
        /\.(js|d\.ts)$|^dist\/cli\/package\.json$|^dist\/(\.built|report\.html|report\.pt-BR\.txt)$/,
      );
    }
    expect(files).toContain('dist/index.js');
    expect(files).toContain('dist/report.html');
    expect(files).toContain('dist/report.pt-BR.txt');
    expect(files).toContain('dist/index.d.ts');
    expect(files).toContain('dist/cli/main.js');
  });

  it('every imported module, and no package that is not a dependency', () => {
    const packages = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.optionalDependencies),
    ]);
    const named = new Set<string>();
    for (const name of filesIn(join(unpacked, 'dist')).filter((file) => file.endsWith('.js'))) {
      const path = join(unpacked, 'dist', name);
      const imports = readFileSync(path, 'utf8').matchAll(
        /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["'](\.{1,2}\/[\w./-]+|[a-z][\w./-]*)["']/g,
      );
      for (const [, specifier = ''] of imports) {
        if (specifier.startsWith('.'))
          expect(existsSync(resolve(dirname(path), specifier)), `${name}: ${specifier}`).toBe(true);
        else named.add(specifier);
      }
    }
    for (const name of named) {
      const [packaged] = name.split('/');
      if (!isBuiltin(name) && packaged !== manifest.name) expect(packages, name).toContain(packaged);
    }
  });

  it('no file names this machine, its user or this folder', () => {
    const user = userInfo().username;
    const names = [ROOT, hostname()].filter((name) => name.length > 3);
    if (!['root', 'user', 'node'].includes(user)) names.push(`/home/${user}`, homedir());
    for (const file of filesIn(unpacked)) {
      if (file.startsWith('node_modules/')) continue;
      const text = readFileSync(join(unpacked, file), 'latin1');
      for (const name of names) expect(text.includes(name), `${file} names ${name}`).toBe(false);
      expect(text, file).not.toMatch(/\/(?:root|home|tmp|work)\/[a-z]/);
    }
  });

  it('is small', () => {
    const size = filesIn(unpacked)
      .filter((name) => !name.startsWith('node_modules/'))
      .reduce((total, name) => total + statSync(join(unpacked, name)).size, 0);
    expect(size).toBeLessThan(4_700_000);
  });
});

describe('installed into an empty folder', () => {
  const installed = (): string => join(folder, 'installed');

  it('npx synfin --version', () => {
    const npx = run('npx', ['--no-install', 'synfin', '--version'], installed());
    expect(npx.stdout).toBe(`${manifest.version}\n`);
    expect(npx.status).toBe(0);
  });

  it('analyses a capture, without anything optional or native', () => {
    expect(existsSync(join(installed(), 'node_modules', 'cap'))).toBe(false);
    const capture = join(ROOT, 'captures/demo-tcp.pcap');
    const npx = run('npx', ['--no-install', 'synfin', capture, '--format', 'json'], installed());
    expect(npx.stderr).toBe('');
    expect(JSON.parse(npx.stdout).connections[0].opening.kind).toBe('three-way');
  });

  it('shows its recording', () => {
    const npx = run('npx', ['--no-install', 'synfin', 'demo', 'tcp', '--recording'], installed());
    expect(npx.stderr).toMatch(/^This is a RECORDING/);
    expect(npx.stdout).toContain('three-way handshake');
  });

  it('shows a lesson, whose captures came with it', () => {
    const npx = run('npx', ['--no-install', 'synfin', 'learn', 'time-wait', '--lang', 'pt-BR'], installed());
    expect([npx.stderr, npx.status]).toEqual(['', 0]);
    expect(npx.stdout).toContain('── encerramento 4 etapas; 1º FIN e TIME-WAIT do cliente');
    expect(npx.stdout).not.toContain('(como está na página da lição)');
  });

  it('reports in sentences what live capture lacks', () => {
    const live = run(
      'npx',
      ['--no-install', 'synfin', 'live', '--backend', 'cap', '--duration', '1'],
      installed(),
    );
    expect(live.status).toBe(2);
    expect(live.stderr).toMatch(/^synfin: /);
    expect(live.stderr).not.toMatch(/^\s+at |Cannot find module/m);
  });

  it('is a library, with types', () => {
    const program = `
import { analyzeFiles, type AnalysisResult, type ConnectionReport, openingSentence, SCHEMA } from 'synfin';
const result: AnalysisResult = await analyzeFiles([process.argv[2] ?? '']);
const [first]: readonly ConnectionReport[] = result.connections;
if (first === undefined) throw new Error('none');
const port: number = first.client.port;
const kind: 'three-way' | 'simultaneous' | 'fast-open' | 'refused' | 'no-answer' | 'not-completed' | 'not-captured' =
  first.opening.kind;
// @ts-expect-error a kind that there is not
const wrong: boolean = first.opening.kind === 'no such kind';
console.log(JSON.stringify([SCHEMA, kind, port > 0, wrong, openingSentence(first).length > 0]));
`;
    writeFileSync(join(installed(), 'use.ts'), program);
    const tsc = run(
      process.execPath,
      [
        join(ROOT, 'node_modules/typescript/bin/tsc'),
        ...['--ignoreConfig', '--strict', '--module', 'nodenext', '--target', 'es2022', '--typeRoots'],
        ...[join(ROOT, 'node_modules/@types'), '--types', 'node', '--outDir', 'out', 'use.ts'],
      ],
      installed(),
    );
    expect(tsc.stdout + tsc.stderr).toBe('');
    const used = run(process.execPath, ['out/use.js', join(ROOT, 'captures/demo-tcp.pcap')], installed());
    expect(used.stderr).toBe('');
    expect(JSON.parse(used.stdout)).toEqual(['synfin/1', 'three-way', true, false, true]);
  });
});

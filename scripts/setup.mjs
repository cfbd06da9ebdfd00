// Sets up what a command of package.json needs, and is quick where everything is there:
//   node scripts/setup.mjs run    dependencies, the system's libpcap where that can be had, the build
//   node scripts/setup.mjs test   dependencies and the build
// Works without network once it has run. A failure is reported in one sentence, with what to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const purpose = process.argv[2] ?? 'run';

checkNode();
installDependencies();
if (purpose === 'run') installLibpcap();
build();

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  fail(`synfin needs Node.js 20 or later; this is ${process.versions.node}. See https://nodejs.org/`);
}

/** npm ci, unless the installed packages agree with the lock file, for this version of Node and this system. */
function installDependencies() {
  const lock = readFileSync(`${root}/package-lock.json`);
  const key = createHash('sha256').update(lock).digest('hex');
  const wanted = `${key} ${process.platform} ${process.arch} ${process.versions.modules}\n`;
  const stamp = `${root}/node_modules/.synfin-setup`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing dependencies (npm ci)');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write(npm.stdout + npm.stderr);
    fail('npm ci failed: it needs the network the first time');
  }
  writeFileSync(stamp, wanted);
}

/** The library for live capture: installed where that is possible without asking, otherwise a message says how. */
function installLibpcap() {
  if (process.platform !== 'linux' || hasLibpcap()) return;
  const asRoot = process.getuid?.() === 0;
  if (asRoot && hasProgram('apt-get')) {
    say('installing libpcap (apt-get install libpcap0.8)');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = { env: environment, stdio: 'ignore' };
    const install = () => spawnSync('apt-get', ['install', '-y', '-qq', 'libpcap0.8'], quiet);
    if (install().status !== 0) {
      spawnSync('apt-get', ['update', '-qq'], quiet);
      install();
    }
    if (hasLibpcap()) return;
  }
  say(
    'libpcap is missing, so nothing can be captured live: Debian: sudo apt install libpcap0.8; ' +
      'Fedora: sudo dnf install libpcap; Alpine: apk add libpcap; macOS has it.',
  );
}

function hasLibpcap() {
  const names = ['libpcap.so.0.8', 'libpcap.so.1'];
  const folders = ['/lib', '/usr/lib', '/usr/lib64', '/lib64', '/usr/local/lib'];
  for (const folder of ['/lib', '/usr/lib']) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder))
      if (entry.includes('-linux-')) folders.push(`${folder}/${entry}`);
  }
  return folders.some((folder) => names.some((name) => existsSync(`${folder}/${name}`)));
}

function hasProgram(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`));
}

/** Compiles where a source is newer than the last build. */
function build() {
  const stamp = `${root}/dist/.built`;
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = [`${root}/tsconfig.json`, `${root}/tsconfig.build.json`, ...files(`${root}/src`)];
  if (sources.every((file) => statSync(file).mtimeMs <= built)) return;
  say('building');
  const result = spawnSync(process.execPath, [`${root}/scripts/build.mjs`], { stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`setup: ${text}\n`);
  process.exit(2);
}

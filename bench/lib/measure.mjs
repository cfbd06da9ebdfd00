// Runs a program to its end and says how long it took, how much processor time, and its peak memory.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'synfin-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

export function installed(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true'], { stdio: 'ignore' }).status === 0;
const hasTaskset = installed('taskset');
export const memoryFrom = hasTime ? 'GNU time (getrusage)' : 'VmHWM in /proc, every 20 ms';

/** The command on `cores` processors: the last ones, as interrupts tend to go to the first. */
export function pinned(command, cores) {
  const all = availableParallelism();
  if (cores === undefined || cores >= all) return command;
  if (!hasTaskset) throw new Error('taskset is missing (Debian: apt install util-linux)');
  return ['taskset', '-c', `${all - cores}-${all - 1}`, ...command];
}

/**
 * Seconds of wall clock, processor seconds and peak bytes, or `failed` with the reason.
 * GNU time stands between, so that the kernel counts for the program alone; it costs about a millisecond, so that
 * start-up is measured `bare`, without processor time and memory.
 */
export function measure(command, { cores, timeout = 300, output = 'ignore', bare = false } = {}) {
  const report = join(scratch, 'time');
  const wrapped = pinned(command, cores);
  const wraps = hasTime && !bare;
  const full = wraps ? ['/usr/bin/time', '-q', '-o', report, '-f', '%U %S %M', ...wrapped] : wrapped;
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(full[0], full.slice(1), { stdio: ['ignore', output, 'pipe'], detached: true });
    const said = [];
    child.stdout?.on('data', (chunk) => said.push(chunk));
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-4000);
    });
    let peak = 0;
    const sampler =
      hasTime || bare ? undefined : setInterval(() => (peak = Math.max(peak, highWater(child.pid))), 20);
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      process.kill(-child.pid, 'SIGKILL');
    }, timeout * 1000);
    child.on('error', (error) => finish({ failed: error.message }));
    // `exit` gives the time, `close` says that the output is complete.
    let seconds;
    child.on('exit', () => {
      seconds = (performance.now() - started) / 1000;
    });
    child.on('close', (code, signal) => {
      if (expired) return finish({ failed: `over ${timeout} s` });
      if (code !== 0) return finish({ failed: `exit ${code ?? signal}: ${reason(complaint)}` });
      const text = Buffer.concat(said).toString();
      if (!wraps) return finish({ seconds, peak, text });
      const [user, system, kilobytes] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
      finish({ seconds, cpu: user + system, peak: kilobytes * 1024, text });
    });
    function finish(result) {
      clearTimeout(timer);
      clearInterval(sampler);
      resolve(result);
    }
  });
}

/** The line that names the error, or the last one. */
function reason(complaint) {
  const lines = complaint.trim().split('\n');
  return (lines.find((line) => /^\w*Error|FATAL/.test(line)) ?? lines.at(-1)).slice(0, 100);
}

function highWater(pid) {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Number(line[1]) * 1024 : 0;
  } catch {
    return 0; // it has just ended
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

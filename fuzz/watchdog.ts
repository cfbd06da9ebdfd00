/** Ends the process where a run does not end: a thread of its own, as one that hangs cannot look at the clock. */
import { Worker } from 'node:worker_threads';

import { TARGETS, type TargetName } from './target.js';

const WATCHING = `
const { workerData: { shared, limit, names } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const [TURN, TARGET, SEED, RUN] = [0, 1, 2, 3];
const words = new Int32Array(shared);
const spent = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
let seen = -1;
let began = 0;
let before = 0;
setInterval(() => {
  const turn = Atomics.load(words, TURN);
  if (turn !== seen) {
    seen = turn;
    began = performance.now();
    before = spent();
    return;
  }
  // on a busy machine time passes without this process: what it computes counts, and a long wait
  if (spent() - before < limit && performance.now() - began < limit * 15) return;
  const again = '--target ' + names[words[TARGET]] + ' --seed ' + words[SEED] + ' --from ' + words[RUN];
  writeSync(2, 'fuzz: hangs for ' + limit + ' ms: ' + again + ' --runs 1\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;

export interface Watchdog {
  begins(target: TargetName, seed: number, run: number): void;
  end(): void;
}

/** `limit`: of a run, in milliseconds of processor time; 15 times as long for one that waits. */
export function watchdog(limit: number): Watchdog {
  const shared = new SharedArrayBuffer(16);
  const words = new Int32Array(shared);
  const worker = new Worker(WATCHING, { eval: true, workerData: { shared, limit, names: TARGETS } });
  worker.unref();
  return {
    begins(target, seed, run) {
      words.set([TARGETS.indexOf(target), seed, run], 1);
      Atomics.add(words, 0, 1);
    },
    end: () => void worker.terminate(),
  };
}

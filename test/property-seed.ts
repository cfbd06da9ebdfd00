/**
 * Property tests draw the same cases in each run, so that a failure belongs to the change that caused it.
 * SYNFIN_SEED=n (or `random`) draws others.
 */
import fc from 'fast-check';

const wanted = process.env.SYNFIN_SEED ?? '20261122';
fc.configureGlobal({ seed: wanted === 'random' ? Date.now() | 0 : Number(wanted) });

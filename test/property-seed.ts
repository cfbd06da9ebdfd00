/**
 * Property tests generate the same cases in each run, so that a failure belongs to the change that caused it.
 * SYNFIN_SEED=n (or `random`) generates others; SYNFIN_PROPERTY_MS=n ends each property after that time.
 */
import fc from 'fast-check';

const wanted = process.env.SYNFIN_SEED ?? '20261122';
const most = process.env.SYNFIN_PROPERTY_MS;
fc.configureGlobal({
  seed: wanted === 'random' ? Date.now() | 0 : Number(wanted),
  ...(most === undefined ? {} : { interruptAfterTimeLimit: Number(most) }),
});

// A main process for the tests to watch, kill or run elsewhere (a network namespace, another user): captures with
// the options given as JSON until standard input ends, and says what happens as one JSON object a line.
import { liveOptions, openLive } from '../../dist/live/source.js';

const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);
const { name, options = {}, read = true } = JSON.parse(process.argv[2]);
try {
  const source = await openLive(liveOptions(name, options));
  const chunks = [];
  source.stream.on('data', (chunk) => chunks.push(chunk));
  if (!read) source.stream.pause();
  const drained = new Promise((resolve) => source.stream.on('end', resolve));
  say({ info: source.info });
  process.stdin.resume().on('end', () => {
    source.stream.resume();
    source.stop();
  });
  const ended = await source.ended;
  await drained;
  say({ ended, counters: source.counters(), stream: Buffer.concat(chunks).toString('base64') });
  process.exit(0);
} catch (error) {
  say({ error: { name: error.name, message: error.message, hint: error.hint ?? null } });
  process.exit(2);
}

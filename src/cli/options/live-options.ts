/** Options of `synfin live`. */

import { type Command, Option } from 'commander';
import { argumentError } from './argument-error.js';
import { duration } from './ask.js';
import { ONLY, type Only } from './only.js';
import { positive, renamed, wholeNumber } from './options.js';
import { parseRotate, type RotateLimits } from './rotate-limits.js';

export function addLiveOptions(command: Command): Command {
  return command
    .optionsGroup('Capture:')
    .option(
      '-i, --interface <name>',
      'interface to capture on, or any for all of them (default: the loopback; `synfin interfaces` lists them)',
    )
    .option('--filter <bpf>', 'the filter as one word, e.g. "tcp port 80"')
    .addOption(backendOption())
    .option(
      '--snaplen <bytes>',
      'bytes kept of each packet, 0: all (default: with --write all, else 256, enough for all headers)',
      wholeNumber,
    )
    .option('--buffer <MiB>', 'size of the kernel buffer', positive)
    .option('--promiscuous', 'also packets that are not for this machine')
    .addOption(
      new Option('--direction <which>', 'which packets').choices(['both', 'in', 'out']).default('both'),
    )
    .option('--no-drop', 'keep root rights after the interface is open')
    .optionsGroup('Watch:')
    .option('--only <what>', `lines of these connections only: ${ONLY.join(', ')} (1 s or more)`, onlyList)
    .option('--events', 'a line for each step, not for each outcome (ndjson: as well); so do the next three')
    .option('--ladder', 'show each segment as an arrow as it comes')
    .option('--process', 'show the process at either end, where the kernel reports it')
    .option('--kernel', "show the kernel's own state of each socket next to the inferred one")
    .option('--web', 'show what comes on a page of this machine, in the browser')
    .option('--no-open', 'with --web: print the address of the page, and open no browser')
    .optionsGroup('Stop:')
    .option('-c, --count <n>', 'after this many packets', positive)
    .option('--stop-after <n>', 'after this many connections are over', positive)
    .option('--duration <time>', 'after this time', duration)
    .option('--until-idle <time>', 'when nothing came for this long', duration)
    .addOption(renamed('--connections', '--stop-after', 'stop-after'))
    .optionsGroup('Save:')
    .option('-w, --write <file>', 'save what was captured')
    .option('--rotate <limit>', 'begin a new file at a size or after a time, e.g. 100MB, 60s', rotateLimit)
    .option('--keep <n>', 'with --rotate: keep only the newest files', positive);
}

export function backendOption(): Option {
  return new Option('--backend <name>', 'how to capture')
    .choices(['auto', 'libpcap', 'tcpdump', 'dumpcap', 'cap'])
    .default('auto');
}

function onlyList(value: string, before: Only[] = []): Only[] {
  const named = value.split(',').map((word) => ONLY.find((name) => name === word.trim()));
  if (named.includes(undefined)) throw argumentError({ kind: 'some-expected', names: ONLY });
  return [...before, ...named.filter((name) => name !== undefined)];
}

function rotateLimit(value: string, before?: RotateLimits): RotateLimits {
  const limits = parseRotate(value, before);
  if (limits === null) throw argumentError({ kind: 'limit-expected' });
  return limits;
}

/** Why nothing can be captured here, what to do about it, and what is said of a capture that runs. */
import type { ErrorValues, Sentences } from '../../error-kinds/all.js';
import type {
  ADVICE,
  CAPTURING_ERRORS,
  CAPTURING_NOTES,
  SOURCE_ERRORS,
} from '../../error-kinds/capturing.js';
import { linesOf, ownWords } from '../shared/errors.js';

/** Follows every command that was not tried. */
const UNTRIED = '(from its documentation, untried)';
const HELPER = 'the capture helper';
const because = (why: ErrorValues | null, said: (cause: ErrorValues) => string): string =>
  why === null ? '' : `: ${said(why)}`;

export const SOURCES: Sentences<typeof SOURCE_ERRORS> = {
  'helper-not-compiled': () => 'the capture helper is not compiled (npm run build)',
  'helper-slow': ({ seconds }) => `the capture helper did not start within ${seconds} s`,
  'helper-no-pipe': () => 'no pipe to the capture helper',
  'helper-ended': () => 'the capture helper ended before it began',
  'helper-not-started': ({ why }, said) => `the capture helper could not be started: ${said(why)}`,
  'helper-no-answer': () => 'the capture helper did not answer',
  'no-stop-thread': ({ why }, said) => `no thread to listen for the end: ${said(why)}`,
  'ended-with-code': ({ program, code, why }, said) =>
    `${program ?? HELPER} ended with code ${code ?? '?'}${because(why, said)}`,
  'ended-by-signal': ({ program, signal, why }, said) =>
    `${program ?? HELPER} was ended by ${signal}${because(why, said)}`,
  'ended-without-a-word': ({ program }) => `${program} ended without a word`,
  'package-missing': ({ name }) => `the npm package ${name} is not installed`,
  'package-not-built': ({ name }) => `the npm package ${name} is not built`,
  'package-no-build': ({ name }) => `the npm package ${name} has no build for this machine`,
  'program-missing': ({ name }) => `${name} is not installed`,
  'program-forbidden': ({ path }) => `this user may not run ${path}`,
  'not-on-platform': ({ platform }) => `not offered on ${platform}`,
  'no-libpcap': () => 'libpcap was not found',
  'no-direction': ({ source }) => `${source} cannot choose a direction`,
  'direction-refused': ({ why }, said) => `direction cannot be chosen here: ${said(why)}`,
  'filter-not-set': ({ why }, said) => `the filter could not be set: ${said(why)}`,
  'no-stream': () => 'the stream to the main process could not be opened',
  'interface-taken-down': ({ name }) => `The interface ${name} was taken down.`,
  'interface-gone': ({ name }) => `The interface ${name} is gone.`,
};

export const CAPTURING: Sentences<typeof CAPTURING_ERRORS> = {
  'no-way-to-capture': () => 'There is no way to capture here.',
  'not-permitted': ({ name, why, advice, notes }, said) => [
    `Capturing on '${name}' is not permitted for this user (${ownWords(why, said)}).`,
    linesOf([...advice, ...notes], said),
  ],
  'no-interface': ({ name, others }) => [
    `There is no interface '${name}' to capture on.`,
    `There are: ${others.join(', ')}.`,
  ],
  'interface-down': ({ name, command, notes }, said) => [
    `The interface '${name}' is down.`,
    linesOf([command, ...notes], said),
  ],
  'bad-filter': ({ filter, why, notes }, said) => [
    `The filter '${filter}' is not valid: ${ownWords(why, said)}.`,
    linesOf(
      ["Filters are written in libpcap's language, e.g. 'tcp port 80': man pcap-filter.", ...notes],
      said,
    ),
  ],
  'source-unusable': ({ source, why, advice, notes }, said) => [
    `The capture source ${source} cannot be used here: ${ownWords(why, said)}.`,
    linesOf([...advice, ...notes], said),
  ],
  'source-cannot': ({ source, why, notes }, said) => [
    `The capture source ${source} cannot do that: ${ownWords(why, said)}.`,
    linesOf(['Try --backend libpcap.', ...notes], said),
  ],
  'capturing-failed': ({ name, source, why, notes }, said) => [
    `Capturing on '${name}' with ${source} failed: ${ownWords(why, said)}.`,
    linesOf(notes, said),
  ],
  'root-not-given-up': ({ uid }) =>
    `Root privileges could not be given up${uid === null ? '' : ` for user ${uid}`}.`,
  'root-not-nobody': () => 'Root privileges could not be given up for the user nobody.',
};

export const NOTES: Sentences<typeof CAPTURING_NOTES> = {
  skipped: ({ source, why }, said) => `${source} was skipped: ${said(why)}`,
  'losses-halved': ({ program }) =>
    program === null
      ? 'this kernel counts each loopback packet twice: losses are halved'
      : `the kernel counts each loopback packet twice for ${program}: losses are halved`,
  'direction-ignored': () => 'direction has no meaning on the loopback: all packets are captured',
  'capabilities-kept': () => 'capabilities are kept: koffi is not there to give them up',
  'root-kept-from-user': ({ uid }) => `root is kept: tcpdump cannot become user ${uid}`,
  'root-kept-without-setpriv': () => 'root is kept: there is no setpriv to run dumpcap with less',
  'losses-unknown': () => 'losses are unknown: cap does not report them, and koffi is not there to ask',
  'no-kernel-times': () =>
    'cap gives no kernel timestamps: times are those at which packets reached this program',
  'dumpcap-late': () => 'dumpcap passes packets on up to 0.25 s late, and reports its losses at the end',
};

export const ADVISED: Sentences<typeof ADVICE> = {
  'install-npcap': () =>
    `Install Npcap, and where it is restricted to administrators use an administrator's shell ${UNTRIED}.`,
  'give-container-right': () => `Start the container with --cap-add NET_RAW ${UNTRIED}.`,
  'root-without-right': () => 'This root lacks the capability CAP_NET_RAW: run it where root has it.',
  'run-as-root': ({ command, kept, untried }) => {
    const given = kept ? '' : ' (root is given up again once the interface is open)';
    return `Run it as root${given}:\n  ${command}${untried ? ` ${UNTRIED}` : ''}`;
  },
  'install-chmodbpf': () =>
    `Or for good: brew install --cask wireshark-chmodbpf, and log in again ${UNTRIED}.`,
  'join-group': ({ commands, asks }) =>
    [`Or for good, with dumpcap (${asks ? 'answer yes, ' : ''}then log in again):`, ...commands].join('\n  '),
  install: ({ command, untried }) => `Install it: ${command}${untried ? ` ${UNTRIED}` : ''}`,
  'install-on': ({ commands }) => ['Install it:', ...commands].join('\n  '),
  'build-cap': () => 'Build it: npm rebuild cap',
  'built-here': ({ advice }, said) => `It is built on this machine. ${said(advice)}`,
  'brought-along': ({ system }) => `${system} brings it along, or has no package of it.`,
};

/** What was wrong with a capture, or with the reading of it. */
import type { Continuation, Problem } from '../../capture/problem.js';
import { extentParts } from '../shared/extent.js';
import { warningsWith } from '../shared/warnings.js';
import { errorText } from './errors.js';

export const { warningText, warningSentence } = warningsWith(problemText, continuationText);

function problemText(problem: Problem): string {
  const packet = (): string =>
    'packet' in problem && 'at' in problem ? `packet ${problem.packet} at byte ${problem.at}` : '';
  const block = (): string => ('at' in problem ? `block at byte ${problem.at}` : '');
  switch (problem.kind) {
    case 'claims-captured':
      return `${packet()} claims ${problem.captured} captured bytes, at most ${problem.most} expected`;
    case 'header-of-zeros':
      return `${packet()} has a header of zeros`;
    case 'fraction-too-large':
      return `${packet()} has a time with a fraction of ${problem.fraction}, less than ${problem.limit} expected`;
    case 'longer-than-the-file':
      return `packet ${problem.packet} is too long for the file: ${lacking(problem)}`;
    case 'cut-in-packet':
      return `cut short in the middle of packet ${problem.packet}: ${lacking(problem)}`;
    case 'block-too-short':
      return `${packet()} is in a block of ${problem.length} bytes, at least ${problem.least} expected`;
    case 'no-room-in-block':
      return `${packet()} claims ${problem.captured} captured bytes, its block has room for ${problem.room}: it is left out`;
    case 'interface-not-described':
      return `${packet()} is of interface ${problem.interface}, of ${problem.described} described (counted from 0): such packets are left out`;
    case 'absurd-time':
      return `${packet()} is ${problem.seconds} seconds after 1970: such packets get the time of the one before`;
    case 'no-time':
      return `${packet()} has no time (simple packet block): such packets get the time of the one before`;
    case 'interface-too-short':
      return `${block()} describes an interface in less than 20 bytes`;
    case 'too-many-interfaces':
      return `${block()} describes more than ${problem.most} interfaces in one section: the further ones are left out`;
    case 'statistics-not-described':
      return `${block()} has statistics of an interface that was not described`;
    case 'unaligned-block':
      return `${block()} has ${problem.length} bytes, a multiple of 4 expected: rounded up`;
    case 'block-length':
      return `${block()}, after packet ${problem.after}, claims ${problem.length} bytes, ${problem.least} to ${problem.most} expected`;
    case 'block-lengths-differ':
      return `${block()}, after packet ${problem.after}, begins with the length ${problem.length} and ends with ${problem.end}, the same expected`;
    case 'block-longer-than-the-file':
      return `${block()} claims ${problem.length} bytes, ${problem.left} are left`;
    case 'cut-after-packet':
      return `cut short after packet ${problem.after}: ${lacking(problem)}`;
    case 'more-warnings':
      return `more than ${problem.most} warnings; the further ones are not listed`;
    case 'parts-missing':
      return problem.first === problem.last
        ? `part ${problem.first} is missing`
        : `parts ${problem.first} to ${problem.last} are missing`;
    case 'parts-overlap':
      return 'begins before the part before it ends: its packets are taken to come after them';
    case 'part-interrupted':
      return 'the reading was interrupted: the packets after it are missing';
    case 'clock-goes-back':
      return `the clock goes back at packet ${problem.packet}: durations across it cannot be trusted`;
    case 'interrupted':
      return interrupted(problem.read, problem.size);
    case 'interrupted-of-unknown':
      return interrupted(problem.read, null);
    case 'error':
      return errorText(problem.error);
    case 'not-read':
      return `not read: ${errorText(problem.error)}`;
    case 'section':
      return `${block()}, after packet ${problem.after}, ${errorText(problem.error)}`;
  }
}

function lacking({ wanted, at, left }: { wanted: number; at: number; left: number }): string {
  return `${wanted} bytes expected at byte ${at}, ${left} there`;
}

function interrupted(bytes: number, of: number | null): string {
  const { percent, read, size, unit } = extentParts(bytes, of, (value, decimals) => value.toFixed(decimals));
  const extent = percent === null ? `${read} ${unit}` : `${percent} % (${read} of ${size} ${unit})`;
  return `interrupted at ${extent}: the result is partial`;
}

/** Where reading went on. */
function continuationText(continued: Continuation): string {
  switch (continued.kind) {
    case 'skipped':
      return `${continued.skipped} bytes were skipped, to byte ${continued.to}`;
    case 'resumed':
      return `a packet before it has a wrong length, reading went on at byte ${continued.to}`;
    case 'no-further-packet':
      return 'no further packet was found, reading ended there';
    case 'no-further-block':
      return 'no further block was found, reading ended there';
    case 'ended':
      return `reading ended after packet ${continued.after}`;
    case 'read-up-to':
      return `its packets up to ${continued.packet} were read`;
  }
}

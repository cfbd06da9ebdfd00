/**
 * What can be explained, by kind. Machine words come from the catalogues that have them, so that a word that is added there
 * does not compile until it has facts (this folder) and a text in each language (`en/terms-*.ts`, `pt-BR/terms-*.ts`).
 */
import type { IgnoredBecause } from '../../track/memory/extras.js';
import type { StateName } from '../../track/rfc9293/transition.js';
import type {
  ClosingKind,
  FindingCode,
  OpeningKind,
  OutcomeKind,
  PatternCode,
  ResetCause,
} from '../../verdict/catalogue.js';
import type { ConnState } from '../../verdict/zeek.js';
import type { PictureName, PictureWord } from './pictures.js';
import type { ScenarioName } from './scenarios.js';

export type FlagName = 'SYN' | 'ACK' | 'FIN' | 'RST' | 'PSH' | 'URG' | 'ECE' | 'CWR' | 'AE';

/** As `headerFields` names them. */
export type FieldName =
  | 'source port'
  | 'destination port'
  | 'sequence number'
  | 'acknowledgment number'
  | 'header length'
  | 'flags'
  | 'window'
  | 'checksum'
  | 'urgent pointer'
  | 'data';

/** As `optionFields` names them. */
export type OptionName =
  | 'end of options'
  | 'no operation'
  | 'MSS'
  | 'window scale'
  | 'SACK permitted'
  | 'SACK'
  | 'timestamps'
  | 'MD5 signature'
  | 'user timeout'
  | 'authentication'
  | 'Multipath TCP'
  | 'Fast Open'
  | 'accurate ECN'
  | 'experiment';

export type HistoryLetter = 'S' | 'H' | 'A' | 'D' | 'F' | 'R' | 'I' | 'Q' | 'C' | 'G' | 'T' | 'W' | '^' | 'X';

/** The number as a whole, and its bits. */
export type CompletenessName = 'completeness' | '1' | '2' | '4' | '8' | '16' | '32';

/** What is measured and concluded. */
export type MeasureName = 'connect time' | 'response time' | 'capture point' | 'evidence' | 'confidence';

export type WordName =
  | MeasureName
  | 'handshake'
  | 'SYN-ACK'
  | 'FIN-ACK'
  | 'half-close'
  | 'half-open'
  | 'ISN'
  | 'MTU'
  | 'MSL'
  | 'round trip'
  | 'retransmission timer'
  | 'accept queue'
  | 'SYN cookie'
  | 'loopback'
  | 'port'
  | 'address'
  | 'socket'
  | 'client'
  | 'server'
  | 'TCP'
  | 'UDP'
  | 'connection'
  | 'packet'
  | 'segment'
  | 'datagram'
  | 'fragment'
  | 'multicast'
  | 'broadcast'
  | 'buffer'
  | 'full duplex'
  | 'flow control'
  | 'congestion control'
  | 'delayed ACK'
  | 'Nagle algorithm'
  | 'ICMP'
  | 'NAT'
  | 'firewall'
  | 'timeout'
  | 'conn_state'
  | 'history';

export interface TermNames {
  state: StateName;
  flag: FlagName;
  field: FieldName;
  option: OptionName;
  opening: OpeningKind;
  closing: ClosingKind;
  outcome: OutcomeKind;
  cause: ResetCause;
  finding: FindingCode;
  pattern: PatternCode;
  ignored: IgnoredBecause;
  connState: ConnState;
  history: HistoryLetter;
  completeness: CompletenessName;
  word: WordName;
}

export type TermKind = keyof TermNames;

/** In the order of the list. */
export const TERM_KINDS = [
  'word',
  'state',
  'flag',
  'field',
  'option',
  'opening',
  'closing',
  'outcome',
  'cause',
  'finding',
  'pattern',
  'ignored',
  'connState',
  'history',
  'completeness',
] as const satisfies readonly TermKind[];

/** Something of every term, by kind and name. */
export type OfTerms<Value> = { readonly [Kind in TermKind]: Readonly<Record<TermNames[Kind], Value>> };

/** A term's words in one language. */
export interface TermText {
  /** A line: what it is, without a full stop. */
  readonly title: string;
  readonly what: string;
  /** Why it exists or happens; for findings and causes, what to do about it. */
  readonly why: string;
}

/** Labels around the terms. */
export interface TermLabels {
  /** The kind of one term, and of a group of them. */
  readonly kinds: Readonly<Record<TermKind, readonly [one: string, many: string]>>;
  readonly what: string;
  readonly why: string;
  readonly source: string;
  readonly see: string;
  readonly also: string;
  /** Before the number of a section. */
  readonly section: string;
  readonly sections: string;
  readonly figure: string;
  /** Words of pictures, in braces there. */
  readonly picture: Readonly<Record<PictureWord, string>>;
  meanings(term: string, count: number): string;
  /** How Wireshark's number is read; `parts`: its bits as text. */
  completeness(number: number, parts: readonly string[], label: string): string;
  /** What the number of bits says in general. */
  readonly completenessWhy: string;
  /** How Zeek's string is read. */
  historyTitle(history: string): string;
  readonly historyWhy: string;
  /** A letter of it, of which end. */
  letter(isOriginator: boolean, title: string): string;
  readonly introduction: string;
  /** Of what a field is (fields/). */
  readonly fieldKinds: Readonly<Record<'connection' | 'flow', string>>;
  readonly fieldTitles: Readonly<Record<'connection' | 'flow', string>>;
  /** Where the output has it; `type` and `unit` as in fields/field.ts, `column`: its name in CSV and Parquet. */
  fieldSource(type: string, unit: string | null, column: string): string;
  unknown(term: string): string;
  suggestions(terms: readonly string[]): string;
  readonly hint: string;
  /** What `--list` takes. */
  lists(names: readonly string[]): string;
}

export interface TermTexts extends OfTerms<TermText> {
  readonly labels: TermLabels;
}

/** The facts of a term that are the same in all languages. */
export interface TermFacts {
  /** RFCs, each with a section (by number or title) or a figure: `9293 3.6.1`, `9293 Figure 6`. */
  readonly rfc?: readonly string[];
  readonly picture?: PictureName;
  /** Scenarios of the demo that show it; the first one that there is counts. */
  readonly see?: readonly ScenarioName[];
  /** Of a word that no filter asks for: a finding that belongs to it. */
  readonly finding?: FindingCode;
  /** An expression that asks for it, where neither its kind nor a finding has one. */
  readonly where?: string;
  readonly also?: readonly string[];
  readonly aliases?: readonly string[];
}

/** How the values of an error are declared: by name, what each can be. */
import type { ErrorValues } from './all.js';

/** `error`: the values of another error, the cause, which is said within the sentence. */
interface Shapes {
  text: string;
  'text?': string | null;
  number: number;
  'number?': number | null;
  flag: boolean;
  error: ErrorValues;
  'error?': ErrorValues | null;
  /** Lines of their own. */
  errors: readonly ErrorValues[];
  texts: readonly string[];
}

/** A list: one of these words. */
type Shape = keyof Shapes | readonly string[];

/** By kind, what its values are. */
export type Kinds = Readonly<Record<string, Readonly<Record<string, Shape>>>>;

type ValueOf<Declared> = Declared extends keyof Shapes
  ? Shapes[Declared]
  : Declared extends readonly (infer Word)[]
    ? Word
    : never;

/** The values of one kind, without its name. */
export type Values<Declared> = { readonly [Name in keyof Declared]: ValueOf<Declared[Name]> };

/** The errors that are declared, each as its kind with its values. */
export type Errors<Declared extends Kinds> = {
  [Kind in keyof Declared]: { readonly kind: Kind } & Values<Declared[Kind]>;
}[keyof Declared];

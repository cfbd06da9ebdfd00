/**
 * The `history` strings of an analysis. They repeat from connection to connection, so they are kept once, as nodes
 * of a tree: a letter leads from a node to the next, and a connection only keeps the number of its node.
 */

/** Letters, as character codes; those of the responder are written in lower case. */
export const S = 83;
export const H = 72;
export const A = 65;
export const D = 68;
export const F = 70;
export const G = 71;
export const R = 82;
export const I = 73;
export const Q = 81;
export const T = 84;
export const W = 87;
const FLIP = 94;

/** Nodes that every tree has: nothing, `H`, `^` and `^h`. */
const EMPTY = 0;
export const SYN_ACK_ALONE = 1;
export const FLIPPED = 2;
export const FLIPPED_SYN_ACK = 3;

/** 64 children a node, by the low six bits of the letter. Bounded: past it, histories grow no longer. */
const MAX_NODES = 50_000;
const CHILDREN = 64;

export class Histories {
  private readonly texts: string[] = [''];
  private children = new Int32Array(64 * CHILDREN);

  constructor() {
    this.follow(EMPTY, H);
    this.follow(this.follow(EMPTY, FLIP), H + 32);
  }

  /** The node that `letter`, in upper case, of either end leads to. */
  add(node: number, letter: number, originator: boolean): number {
    return this.follow(node, originator ? letter : letter + 32);
  }

  flip(node: number): number {
    return this.follow(node, FLIP);
  }

  text(node: number): string {
    return this.texts[node] ?? '';
  }

  private follow(node: number, character: number): number {
    const { texts } = this;
    const at = node * CHILDREN + (character & (CHILDREN - 1));
    const known = this.children[at] ?? 0;
    if (known !== 0) return known;
    if (texts.length >= MAX_NODES) return node;
    if (texts.length * CHILDREN === this.children.length) {
      const larger = new Int32Array(this.children.length * 2);
      larger.set(this.children);
      this.children = larger;
    }
    texts.push((texts[node] ?? '') + String.fromCharCode(character));
    this.children[at] = texts.length - 1;
    return texts.length - 1;
  }
}

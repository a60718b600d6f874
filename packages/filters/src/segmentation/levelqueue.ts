/** Places of a piece, a power of 2: the first one is for the next piece's place, the others are for a pixel each. */
const PIECE = 32;

/** Pixels in the order of their levels, and of equal ones in that of their coming; none may come below the present one. */
export class LevelQueue {
  /** The places of each level's first and next pixel, in pieces; 0 before there is one. */
  private readonly readAt: Int32Array;
  private readonly writeAt: Int32Array;
  private pieces = new Int32Array(4096);
  /** The first of the pieces that were read, 0 if none; the first place has the next one's. */
  private spare = 0;
  private used = PIECE;
  /** The level of the pixel that was last taken. */
  level = 0;

  /** @param count how many levels there are */
  constructor(count: number) {
    this.readAt = new Int32Array(count);
    this.writeAt = new Int32Array(count);
  }

  /** Add a pixel. */
  push(level: number, pixel: number): void {
    let at = this.writeAt[level];
    if ((at & (PIECE - 1)) === 0) {
      const piece = this.takePiece();
      if (at === 0) this.readAt[level] = piece + 1;
      else this.pieces[at - PIECE] = piece;
      at = piece + 1;
    }
    this.pieces[at] = pixel;
    this.writeAt[level] = at + 1;
  }

  private takePiece(): number {
    const { spare } = this;
    if (spare > 0) {
      this.spare = this.pieces[spare];
      return spare;
    }
    if (this.used === this.pieces.length) {
      const { pieces } = this;
      this.pieces = new Int32Array(2 * pieces.length);
      this.pieces.set(pieces);
    }
    this.used += PIECE;
    return this.used - PIECE;
  }

  /** Take the first pixel; -1 if there is none. */
  pop(): number {
    const { readAt, writeAt } = this;
    while (readAt[this.level] === writeAt[this.level]) {
      if (this.level === readAt.length - 1) return -1;
      this.level++;
    }
    let at = readAt[this.level];
    if ((at & (PIECE - 1)) === 0) {
      const read = at - PIECE;
      at = this.pieces[read] + 1;
      this.pieces[read] = this.spare;
      this.spare = read;
    }
    readAt[this.level] = at + 1;
    return this.pieces[at];
  }
}

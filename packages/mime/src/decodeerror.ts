/**
 * Thrown when an output's payload is not what this version can show: malformed, truncated, inconsistent, or
 * written by a newer version.
 *
 * `field` names the part that is wrong (`"labels.data"`), so that a renderer can say it to the reader.
 *
 * @example
 * try { parseMaskPayload(json); } catch (error) { if (error instanceof DecodeError) console.log(error.field); }
 */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  /** Path of the offending field, `""` for the payload as a whole. */
  readonly field: string;

  constructor(message: string, field: string, options?: { cause?: unknown }) {
    super(message, options);
    this.field = field;
  }
}

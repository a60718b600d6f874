import type { CodeModelFailure } from "@bioengine/mime";

/** Why a code model gave no answer, as the front end learns it. */
export class CodeModelError extends Error {
  override readonly name = "CodeModelError";

  /** @param detail see `CodeModelFailure` */
  constructor(
    readonly reason: CodeModelFailure["reason"],
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

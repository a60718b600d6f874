import type * as TypeScript from "typescript";

/** What TypeScript lets pass and an array or a table makes no sense of. */
export interface Misuse {
  readonly node: TypeScript.Expression;
  readonly code: number;
  readonly message: string;
  readonly advice: string;
}

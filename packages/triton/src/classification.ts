import { DecodeError } from "./error";

/** One of the best classes of a vector of scores. */
export interface Classification {
  readonly score: number;
  /** Which element of the vector. */
  readonly index: number;
  /** Its name, where the model has names. */
  readonly label?: string;
}

/** The class in Triton's text `score:index` or `score:index:label`. @throws {DecodeError} if it is another text */
export function classificationOf(element: Uint8Array): Classification {
  const text = new TextDecoder().decode(element);
  const [, score, index, label] = text.match(/^([^:]+):(\d+)(?::(.*))?$/s) ?? [];
  if (score === undefined) {
    throw new DecodeError(`Cannot read a classification: it must be score:index, got ${text.slice(0, 80)}`);
  }
  const value = /nan/i.test(score) ? Number.NaN : Number(score.replace(/inf$/i, "Infinity"));
  return { score: value, index: Number(index), ...(label !== undefined && { label }) };
}

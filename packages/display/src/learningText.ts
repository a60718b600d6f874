import { numberText } from "./numberText";

/** A measured value as the reader wants it: three significant digits. */
export function valueText(value: number): string {
  return Number.isFinite(value) ? numberText(Number(value.toPrecision(3))) : String(value);
}

/** `epoch 3`, or `before training` for 0. */
export function epochText(epoch: number): string {
  return epoch === 0 ? "before training" : `epoch ${epoch}`;
}

/** The text, or its beginning and an ellipsis, at most `length` characters. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

import { numberText } from "../numbertext";

/** A measured value as the reader wants it: three significant digits. */
export function valueText(value: number): string {
  return Number.isFinite(value) ? numberText(Number(value.toPrecision(3))) : String(value);
}

/** `epoch 3`, or `before training` for 0. */
export function epochText(epoch: number): string {
  return epoch === 0 ? "before training" : `epoch ${epoch}`;
}

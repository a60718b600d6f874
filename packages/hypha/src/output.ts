import { NdArray } from "@bioengine/ndarray";

/**
 * The outputs of a model by name, as they are in results: integers called mask or labels are of role labels.
 *
 * @param select their names, default: all
 * @throws {RangeError} if the model has no output of a name
 */
export function outputsOf(
  outputs: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
  action: string,
): Record<string, unknown> {
  const names = Object.keys(outputs);
  const unknown = select?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot ${action}: selectOutputs must name outputs of the model, got ${unknown}; it has ${names.join(", ")}`,
    );
  }
  return Object.fromEntries((select ?? names).map((name) => [name, outputOf(name, outputs[name])]));
}

function outputOf(name: string, value: unknown): unknown {
  if (!(value instanceof NdArray)) return value;
  const isLabels = /^(mask|masks|labels)$/.test(name) && /^u?int/.test(value.dtype);
  return isLabels ? new NdArray({ ...value, role: "labels" }) : value;
}

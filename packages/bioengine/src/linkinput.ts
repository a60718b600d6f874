import { linkImage } from "@bioengine/display";
import { NdArray } from "@bioengine/ndarray";
import type { Results } from "@bioengine/triton";

/** So that a mask shows itself on its image. */
export function linkInput(inputs: unknown, results: Results): void {
  const values: unknown[] =
    inputs instanceof Map ? [...inputs.values()] : [inputs, ...Object.values(inputs ?? {})];
  const image = values.find((input) => input instanceof NdArray);
  if (!(image instanceof NdArray)) return;
  for (const output of Object.values(results)) {
    if (output instanceof NdArray && output.role === "labels") linkImage(output, image);
  }
}

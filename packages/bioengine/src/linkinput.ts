import { linkDiameter, linkImage } from "@bioengine/display";
import { NdArray } from "@bioengine/ndarray";
import type { Results } from "@bioengine/triton";

/** So that a mask shows itself on its image, and tells if the diameter was far off. */
export function linkInput(inputs: unknown, results: Results): void {
  const values: unknown[] =
    inputs instanceof Map ? [...inputs.values()] : [inputs, ...Object.values(inputs ?? {})];
  const image = values.find((input) => input instanceof NdArray);
  const diameter = values.map(diameterIn).find((told) => told !== undefined);
  for (const output of Object.values(results)) {
    if (!(output instanceof NdArray) || output.role !== "labels") continue;
    if (image instanceof NdArray) linkImage(output, image);
    if (diameter !== undefined) linkDiameter(output, diameter);
  }
}

/** The diameter among a model's parameters, if it is one. */
function diameterIn(input: unknown): number | undefined {
  const told: unknown =
    typeof input === "object" && input !== null ? Reflect.get(input, "diameter") : undefined;
  return typeof told === "number" && told > 0 ? told : undefined;
}

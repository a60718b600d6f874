import { NdArray } from "@bioengine/ndarray";
import type { Network } from "./network";
import type { Plane } from "./plane";

/** Planes of one size as a network's input, [1, c, y, x] float32. */
function inputOf(planes: readonly Plane[]): NdArray<"float32"> {
  const [{ height, width }] = planes;
  const buffer = new Float32Array(planes.length * height * width);
  for (let channel = 0; channel < planes.length; channel++)
    buffer.set(planes[channel].data, channel * height * width);
  return new NdArray({ dtype: "float32", shape: [1, planes.length, height, width], buffer });
}

/** Run a network with one input. */
export function runOnPlanes(network: Network, planes: readonly Plane[]): Promise<Record<string, NdArray>> {
  return network.run({ [network.inputs[0].name]: inputOf(planes) });
}

import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { Plane } from "./plane";

const sessions = new Map<string, Promise<InferenceSession>>();

/** The bundled network, loaded on first use. */
function session(name: string): Promise<InferenceSession> {
  let loading = sessions.get(name);
  if (loading === undefined) {
    loading = (async () => {
      const { InferenceSession } = await import("onnxruntime-node");
      return InferenceSession.create(join(__dirname, `../weights/${name}.onnx`), { logSeverityLevel: 3 });
    })();
    sessions.set(name, loading);
    loading.catch(() => sessions.delete(name));
  }
  return loading;
}

/** An output of a network: `channels` planes in C order. */
export interface NetworkOutput {
  readonly data: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Run a bundled network on one image.
 *
 * @param name `cellpose` or `stardist`
 * @param planes the input's channels, all of one size, multiples of 8
 * @returns the outputs by name
 */
export async function runNetwork(
  name: string,
  planes: readonly Plane[],
): Promise<Record<string, NetworkOutput>> {
  const { Tensor } = await import("onnxruntime-node");
  const [{ height, width }] = planes;
  const input = new Float32Array(planes.length * height * width);
  for (let channel = 0; channel < planes.length; channel++)
    input.set(planes[channel].data, channel * height * width);
  const image = new Tensor("float32", input, [1, planes.length, height, width]);
  const outputs = await (await session(name)).run({ image });
  return Object.fromEntries(
    Object.entries(outputs).map(([output, { data, dims }]) => {
      if (!(data instanceof Float32Array))
        throw new TypeError(`Cannot run ${name}: ${output} must be float32`);
      return [output, { data, channels: dims[1], height: dims[2], width: dims[3] }];
    }),
  );
}

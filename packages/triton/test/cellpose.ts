import { ndarray } from "@bioengine/ndarray";
import { type ExecuteOptions, execute } from "../src/execute";
import type { Results } from "../src/results";
import { configLine, inferLine, type Replay, replay } from "./replay";

/** What the recorded calls of the model were sent. */
export const image = ndarray(
  [
    [
      [0, 1, 1],
      [0, 0, 0],
      [1, 0, 1],
    ],
  ],
  undefined,
  { dtype: "float32" },
);

export const modelName = "cellpose-python";

/** A server that answers as the real one did, whatever it is sent. */
export const cellpose = (answer: string = "binary in and out"): Promise<Replay> =>
  replay({ [configLine(modelName)]: "config", [inferLine(modelName)]: answer });

/** Call that model as the recorded call did, but for some options. */
export const run = (server: Replay, options: Partial<ExecuteOptions> = {}): Promise<Results> =>
  execute({ inputs: [image, { diameter: 30 }], serverUrl: server.url, modelName, ...options });

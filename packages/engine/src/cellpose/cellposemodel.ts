import { bundledNetwork } from "../bundled";
import { cellposeDiameter } from "../defaults";
import type { Network } from "../network";

/** A model of cellpose's kind. */
export interface CellposeModel {
  /** Names it in errors. */
  readonly name: string;
  /** First input [n, 2, h, w] float32 (cytoplasm, nucleus), first output [n, 3, h, w] (5 × flow y, 5 × flow x, logit). */
  readonly network: Network;
  /** Object diameter in pixels that it was trained for; images are rescaled to it. */
  readonly diameter: number;
  /** Diameter in pixels of the image that objects had in training: where an estimate begins; default: `diameter`. */
  readonly imageDiameter?: number;
  /** [cytoplasm, nucleus] where the parameters don't say; default [1, 2]. */
  readonly channels?: readonly [number, number];
  /** Output of features [n, c, h', w'] whose mean is the style of an image; default: there is none. */
  readonly style?: string;
  /** h and w are multiples of this. */
  readonly step: number;
}

/** The deepest features of the bundled network, of which cellpose makes the style. */
export const cellposeStyleTensor = "/down.4/down.4.1/down.4.1.2/Relu_output_0";

/** The model that comes with the library. */
export async function bundledCellpose(): Promise<CellposeModel> {
  const network = await bundledNetwork("cellpose");
  return { name: "cellpose-python", network, diameter: cellposeDiameter, step: 16 };
}

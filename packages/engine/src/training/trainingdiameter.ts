import { cellposeDiameter } from "../defaults";
import { scaleFor } from "../stardist/stardist";
import type { TrainedKind } from "./gradientnetwork";

/**
 * Diameter, in pixels of the network, at which objects are learnt where nothing else is asked for: that which the
 * bundled network knows best.
 *
 * @param diameter of the objects, in pixels of the image
 * @example
 * trainingDiameter("cellpose", 30); // 17
 */
export const trainingDiameter = (kind: TrainedKind, diameter: number): number =>
  kind === "cellpose" ? cellposeDiameter : diameter * scaleFor(diameter);

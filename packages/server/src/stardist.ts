import type { Model } from "./model";
import { segmentationModel } from "./segmentationmodel";
import { segmentationThread } from "./segmentationworker";

/** What is the same in all models of StarDist's kind: image UINT16 [y, x] to mask UINT16 [y, x]. */
export const stardistForm = {
  image: { datatype: "UINT16", shape: [-1, -1] },
  trialShape: [16, 16],
} as const;

/** Roundish objects. */
export const stardist: Model = segmentationModel({
  ...stardistForm,
  name: "stardist",
  load: async () => segmentationThread({ kind: "stardist" }),
});

import type { Model } from "./model";
import { segmentationModel } from "./segmentationmodel";
import { segmentationThread } from "./segmentationworker";

/** Roundish objects: image UINT16 [y, x] to mask UINT16 [y, x]. */
export const stardist: Model = segmentationModel({
  name: "stardist",
  image: { datatype: "UINT16", shape: [-1, -1] },
  trialShape: [16, 16],
  load: async () => segmentationThread("segmentStardist"),
});

import type { Model } from "./model";
import { segmentationModel } from "./segmentationmodel";
import { segmentationThread } from "./segmentationworker";

/** What is the same in all models of cellpose's kind: image FP32 [c, y, x] to mask UINT16 [1, y, x]. */
export const cellposeForm = {
  image: { datatype: "FP32", shape: [-1, -1, -1] },
  trialShape: [1, 16, 16],
} as const;

/** Cells and nuclei of any shape. */
export const cellpose: Model = segmentationModel({
  ...cellposeForm,
  name: "cellpose-python",
  load: async () => segmentationThread({ kind: "cellpose" }),
});

import type { Model } from "./model";
import { segmentationModel } from "./segmentationmodel";
import { segmentationThread } from "./segmentationworker";

/** Cells and nuclei of any shape: image FP32 [c, y, x] to mask UINT16 [1, y, x]. */
export const cellpose: Model = segmentationModel({
  name: "cellpose-python",
  image: { datatype: "FP32", shape: [-1, -1, -1] },
  trialShape: [1, 16, 16],
  load: async () => segmentationThread("segmentCellpose"),
});

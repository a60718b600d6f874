import { cellpose } from "./cellpose";
import type { Model } from "./model";
import { stardist } from "./stardist";
import { predictionModel } from "./training/predictionmodel";
import { trainingModel } from "./training/trainingmodel";

/** What the server serves, beside the trainings. */
export const models: readonly Model[] = [cellpose, stardist];

/** What it serves beside them where there is a repository to keep the trained models in. */
export const trainings: readonly Model[] = (["cellpose", "stardist"] as const).flatMap((kind) => [
  trainingModel(kind),
  predictionModel(kind),
]);

import { cellpose } from "./cellpose";
import type { Model } from "./model";
import { stardist } from "./stardist";

/** What the server serves. */
export const models: readonly Model[] = [cellpose, stardist];

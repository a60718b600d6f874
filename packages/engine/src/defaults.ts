/** Object diameter, in pixels, that the cellpose network was trained for; images are rescaled to it. */
export const cellposeDiameter = 17;

/** Object diameter, in pixels, in the middle of what the StarDist network was trained for. */
export const stardistDiameter = 22;

/** Defaults of cellpose's parameters, chosen on the validation images of the model card. */
export const cellposeDefaults = { flow_threshold: 0.8, cellprob_threshold: 0, min_size: 15 };

/** Defaults of StarDist's parameters, chosen on the validation images of the model card. */
export const stardistDefaults = { prob_thresh: 0.55, nms_thresh: 0.3 };

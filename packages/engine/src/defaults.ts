/** Object diameter, in pixels, that the cellpose network was trained for; images are rescaled to it. */
export const cellposeDiameter = 17;

/** Object diameter, in pixels, that images of small or large objects are rescaled to for the StarDist network. */
export const stardistDiameter = 28;

/** Defaults of cellpose's parameters, chosen on the validation images of the model card. */
export const cellposeDefaults = { flow_threshold: 0.8, cellprob_threshold: -0.5, min_size: 15 };

/** Defaults of StarDist's parameters, chosen on the validation images of the model card. */
export const stardistDefaults = { prob_thresh: 0.6, nms_thresh: 0.3 };

export { display, histogram, imshow } from "./display";
export { type HistogramOptions, histogramBundle } from "./histogramBundle";
export { type ImageOptions, imageBundle } from "./imageBundle";
export { installDisplay } from "./install";
export { linkImage, linkMask } from "./link";
export { type MaskOptions, maskBundle } from "./maskBundle";
export { type ProgressBar, type ProgressState, progressBar } from "./progressBar";
export { tableBundle } from "./tableBundle";

import { distanceTransformEdt, gaussian, imshow, label, peakLocalMax, watershed } from "bioengine";

const distance = gaussian(distanceTransformEdt(touching), { sigma: 1 });
const peaks = peakLocalMax(distance, { minDistance: 5, labels: label(touching) });
const parted = watershed(distance.multiply(-1), peaks, { mask: touching });
imshow(parted);

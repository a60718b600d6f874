import { distanceTransformEdt, gaussian, imshow, label, peakLocalMax, watershed, zeros } from "bioengine";

const distance = gaussian(distanceTransformEdt(touching), { sigma: 1 });
const peaks = peakLocalMax(distance, { minDistance: 5, labels: label(touching) });
const markers = zeros(distance.shape, "int32");
for (const [index, peak] of [...peaks].entries()) markers.set(index + 1, ...peak.data);
const parted = watershed(distance.multiply(-1), markers, { mask: touching });
imshow(parted);

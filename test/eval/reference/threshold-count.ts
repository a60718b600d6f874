import { gaussian, label, thresholdOtsu } from "bioengine";

const smoothed = gaussian(image, { sigma: 1 });
const count = Number(label(smoothed.greater(thresholdOtsu(smoothed))).max());
console.log(count);

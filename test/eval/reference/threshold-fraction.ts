import { thresholdOtsu } from "bioengine";

const fraction = image.greater(thresholdOtsu(image)).mean();
console.log(fraction);

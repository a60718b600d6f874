import { segment } from "bioengine";

const segmented = await segment(image, { modelName: "stardist" });
const count = Number(segmented.mask.max());
console.log(`${count} nuclei`);

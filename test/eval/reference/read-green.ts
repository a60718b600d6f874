import { imread, imshow } from "bioengine";

const stain = await imread("data/stain.tif");
const green = stain.slice([], [], 1);
imshow(green);

import { execute, imshow } from "bioengine";

const results = await execute({ inputs: [image.astype("uint16"), {}], modelName: "stardist" });
const mask = results.mask;
imshow(mask, { image: image });

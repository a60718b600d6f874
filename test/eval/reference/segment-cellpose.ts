import { execute, imshow } from "bioengine";

const results = await execute({
  inputs: [image.expandDims(0).astype("float32"), { diameter: 25 }],
  modelName: "cellpose-python",
});
const mask = results.mask.at(0);
imshow(mask, { image: image });

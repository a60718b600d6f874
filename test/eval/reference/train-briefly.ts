import { execute, imshow, train } from "bioengine";

const samples = [[image, annotation]] as const;
const trained = await train("mine", samples, { epochs: 1, steps: 2 });
const results = await execute({
  inputs: [image.expandDims(0).astype("float32"), { diameter: 25 }],
  modelName: trained.modelId,
});
const mask = results.mask.at(0);
imshow(mask, { image: image });

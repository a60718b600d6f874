import type { SnippetField } from "./field";
import { type ModelCell, type ModelDescription, models as ownModels } from "./model";
import { properties } from "./property";

/** A cell that runs as pasted, once the cells that make the variables it `requires` have run. */
export interface Recipe {
  readonly title: string;
  readonly description: string;
  /** Heading that the instructions and the snippets panel put it under. */
  readonly category: "Read" | "Segment" | "Measure" | "Save" | "Train";
  /** Variables of earlier cells that the code uses. */
  readonly requires: readonly string[];
  /** The model that the server must have. */
  readonly model?: string;
  /** Whether the instructions leave it out, and only the skill's references and the panel have it. */
  readonly isRare?: boolean;
  /** A server that must be there, besides the engine that comes with the library. */
  readonly server?:
    | "a Triton server with cellpose-train"
    | "BioEngine on the internet"
    | "the internet; without it, drawn images stand in";
  readonly code: string;
  /** The values in the code that depend on the image or the aim. */
  readonly fields?: readonly SnippetField[];
}

/** Where the recipes' models run. */
export interface RecipeOptions {
  /** A Triton server; left out, the embedded engine. */
  serverUrl?: string;
  /** What that server has; left out, what the embedded engine has. */
  models?: readonly ModelDescription[];
}

const propertiesField = (literal: string): SnippetField => ({
  label: "Properties",
  literal,
  choices: properties,
});

const segmentCell = (
  { name, purpose }: ModelDescription,
  cell: ModelCell,
  options: RecipeOptions,
): Recipe => ({
  title: `Segment with ${name}`,
  description: `Segments ${purpose}; \`mask\` holds one integer per object, 0 = background.`,
  category: "Segment",
  requires: ["image"],
  model: name,
  code: [
    'import { execute, imshow } from "bioengine";',
    "",
    "const results = await execute({",
    `  inputs: [${cell.inputs.join(", ")}],`,
    ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
    `  modelName: ${JSON.stringify(name)},`,
    "});",
    `const mask = ${cell.mask};`,
    "imshow(mask, { image: image });",
  ].join("\n"),
  fields: cell.fields,
});

/**
 * The cells of the instructions and of the snippets panel, in the order in which a notebook runs them.
 *
 * @param options.serverUrl the Triton server that the cells call; left out, they call the embedded engine
 * @param options.models what that server has: cells that need another model are left out
 * @returns cells that run as pasted
 * @example
 * recipes().find((recipe) => recipe.title === "Measure the objects")?.code;
 */
export function recipes(options: RecipeOptions = {}): Recipe[] {
  const { models } = options;
  const has = (name: string): boolean => models === undefined || models.some((model) => model.name === name);
  return everyRecipe(options, models ?? ownModels).filter(({ model }) => model === undefined || has(model));
}

function everyRecipe(options: RecipeOptions, models: readonly ModelDescription[]): Recipe[] {
  const trainingServer = options.serverUrl ?? "http://127.0.0.1:8000";
  const segmenting = models.filter(({ cell }) => cell).map(({ name }) => name);
  return [
    {
      title: "Read an image",
      description:
        "Reads TIFF (OME, ImageJ, BigTIFF), PNG, JPEG, OME-Zarr, NIfTI or NPY with its exact values, as an NdArray [y, x], [y, x, c], or what `image.axes` says (e.g. TCZYX; filters take one channel or frame: `image.at(0)`); `image.spacing` is the pixel size in µm, if known.",
      category: "Read",
      requires: [],
      code: `import { imread, imshow } from "bioengine";

const image = await imread("data/img2d.tif");
imshow(image);`,
      fields: [{ label: "Image file", literal: '"data/img2d.tif"', choices: "image files" }],
    },
    {
      title: "Segment an image",
      description:
        "Arranges the image's axes and dtype for the model, and segments it; `mask` holds one integer per object, 0 = background. The model's own parameters: `parameters: { diameter: 25 }`.",
      category: "Segment",
      model: "cellpose-python",
      requires: ["image"],
      code: [
        'import { imshow, segment } from "bioengine";',
        "",
        "const segmented = await segment(image, {",
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        '  modelName: "cellpose-python",',
        "});",
        "const mask = segmented.mask;",
        "imshow(mask, { image: image });",
      ].join("\n"),
      fields: [{ label: "Model", literal: '"cellpose-python"', choices: segmenting }],
    },
    ...models.flatMap((model) => (model.cell ? [segmentCell(model, model.cell, options)] : [])),
    {
      title: "Segment by a threshold",
      description:
        "Without a network, as with scikit-image: smooth, threshold, part touching objects where they are narrow, and measure.",
      category: "Segment",
      requires: ["image"],
      code: `import { distanceTransformEdt, gaussian, imshow, label, peakLocalMax, regionpropsTable } from "bioengine";
import { binaryFillHoles, removeSmallObjects, thresholdOtsu, watershed } from "bioengine";

const smoothed = gaussian(image, { sigma: 1 });
const bright = binaryFillHoles(smoothed.greater(thresholdOtsu(smoothed)));
const foreground = removeSmallObjects(bright, { maxSize: 30 });
const distance = gaussian(distanceTransformEdt(foreground), { sigma: 1 });
const peaks = peakLocalMax(distance, { minDistance: 5, labels: label(foreground) });
const parted = watershed(distance.multiply(-1), peaks, { mask: foreground });
imshow(parted, { image: image });
regionpropsTable(parted, { image: image, properties: ["label", "area", "intensity_mean"] });`,
      fields: [
        { label: "Smallest object (px)", literal: "30" },
        { label: "Least distance of centres (px)", literal: "5" },
        propertiesField('["label", "area", "intensity_mean"]'),
      ],
    },
    {
      title: "Segment a stack",
      description:
        "Segments each plane of an image [z, y, x], or each frame of a film; `stitchThreshold` gives an object the same label in all planes.",
      category: "Segment",
      model: "stardist",
      requires: ["image"],
      code: [
        'import { imshow, segment, stack } from "bioengine";',
        "",
        "const planes = stack([image, image, image]);",
        "const volume = await segment(planes, {",
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        '  modelName: "stardist",',
        "  stitchThreshold: 0.25,",
        "});",
        "imshow(volume.mask.at(1), { image: planes.at(1) });",
      ].join("\n"),
      fields: [
        { label: "Model", literal: '"stardist"', choices: segmenting },
        { label: "Least overlap between planes (IoU)", literal: "0.25" },
      ],
    },
    {
      title: "Segment several images",
      description:
        "Runs a model on one image after the other, `batchSize` at once; `serverUrl` may be an array of servers, which share the work.",
      category: "Segment",
      isRare: true,
      model: "stardist",
      requires: ["image"],
      code: [
        'import { executeBatch } from "bioengine";',
        "",
        "const images = [image, image.slice([0, 256], [0, 256])];",
        "const batch = await executeBatch({",
        '  batches: images.map((one) => [one.astype("uint16"), {}]),',
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        '  modelName: "stardist",',
        "  batchSize: 2,",
        "});",
        "console.log(batch.map((result) => result.mask.max()));",
      ].join("\n"),
    },
    {
      title: "Run a model of bioimage.io",
      description:
        "Runs one of the models of bioimage.io on the public BioEngine (Hypha), by its id; `token` for a server that wants one.",
      category: "Segment",
      requires: ["image"],
      server: "BioEngine on the internet",
      code: `import { execute } from "bioengine";

const remote = await execute({
  inputs: [image.astype("float32").expandDims(0).expandDims(0)],
  backend: "hypha",
  modelName: "affable-shark",
});
console.log(Object.keys(remote), remote.__info__);`,
      fields: [{ label: "Model id", literal: '"affable-shark"' }],
    },
    {
      title: "Measure the objects",
      description:
        "scikit-image's regionprops_table: one row per object, areas and lengths in pixels, or in µm if the mask or image knows its spacing (`spacing: 1` for pixels); `image` adds the intensities.",
      category: "Measure",
      requires: ["image", "mask"],
      code: `import { regionpropsTable } from "bioengine";

const table = regionpropsTable(mask, {
  image: image,
  properties: ["label", "area", "centroid", "eccentricity", "solidity", "intensity_mean"],
});
table;`,
      fields: [
        propertiesField('["label", "area", "centroid", "eccentricity", "solidity", "intensity_mean"]'),
      ],
    },
    {
      title: "Measure around the objects",
      description:
        "Leaves out what the image's edge cuts, and measures a ring of 4 pixels around each object.",
      category: "Measure",
      isRare: true,
      requires: ["image", "mask"],
      code: `import { clearBorder, expandLabels, regionpropsTable } from "bioengine";

const whole = clearBorder(mask);
const rings = expandLabels(whole, { distance: 4 }).subtract(whole);
regionpropsTable(rings, { image: image, properties: ["label", "area", "intensity_mean"] });`,
      fields: [
        { label: "Width of the ring (px)", literal: "4" },
        propertiesField('["label", "area", "intensity_mean"]'),
      ],
    },
    {
      title: "Histogram of a column",
      description: "Plots the distribution of one measurement.",
      category: "Measure",
      requires: ["table"],
      code: `import { histogram } from "bioengine";

histogram(table.column("area"), { xLabel: "area (px)" });`,
      fields: [
        { label: "Column", literal: '"area"' },
        { label: "Axis label", literal: '"area (px)"' },
      ],
    },
    {
      title: "Keep some of the objects",
      description: "Filters and sorts the rows, keyed by column name, and shows the mask of their objects.",
      category: "Measure",
      isRare: true,
      requires: ["image", "mask", "table"],
      code: `import { imshow, keepLabels } from "bioengine";

const large = table.filter((row) => row.area > 200).sort("area", { descending: true });
imshow(keepLabels(mask, large.column("label")), { image: image });
large;`,
      fields: [{ label: "Smallest area", literal: "200" }],
    },
    {
      title: "Compare with a reference mask",
      description: "Matches objects one to one by overlap (IoU) and counts hits, false alarms and misses.",
      category: "Measure",
      requires: ["mask"],
      code: `import { imread, matching } from "bioengine";

const truth = await imread("data/mask2d.tif");
const score = matching(truth, mask, { threshold: 0.5 });
console.log(\`F1 at IoU 0.5: \${score.f1.toFixed(3)}\`);`,
      fields: [{ label: "Reference mask", literal: '"data/mask2d.tif"', choices: "image files" }],
    },
    {
      title: "Save the table as CSV",
      description: "Writes the measurements for R, pandas or a spreadsheet.",
      category: "Save",
      requires: ["table"],
      code: `import { writeCsv } from "bioengine";

await writeCsv("objects.csv", table);`,
      isRare: true,
      fields: [{ label: "File", literal: '"objects.csv"' }],
    },
    {
      title: "Save the mask as TIFF",
      description: "Writes the labels with their exact values; ImageJ, QuPath and napari read the file.",
      category: "Save",
      requires: ["mask"],
      code: `import { imwrite } from "bioengine";

await imwrite("mask.tif", mask);`,
      fields: [{ label: "File", literal: '"mask.tif"' }],
    },
    {
      title: "Train on your own images",
      description:
        'Fine-tunes a network on pairs of image and labels, shows how it learns, and saves the model, which `execute` then runs as `modelName: trained.modelId`; `modelName: "stardist-train"` trains StarDist\'s. The same id trains further; `validation: [[image, labels]]` adds the F1 after each epoch.',
      category: "Train",
      model: "cellpose-train",
      requires: ["image", "mask"],
      code: [
        'import { train } from "bioengine";',
        "",
        "const samples = [[image, mask]] as const; // pairs of an image and its corrected labels",
        'const trained = await train("my-nuclei", samples, {',
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        "  epochs: 3,",
        "});",
        "trained;",
      ].join("\n"),
      fields: [
        { label: "Name of the new model", literal: '"my-nuclei"' },
        { label: "Epochs", literal: "3" },
      ],
    },
    {
      title: "Segment with a trained model",
      description: "Runs a model that was trained here by its id, also after a restart.",
      category: "Train",
      isRare: true,
      model: "cellpose-train",
      requires: ["image", "trained"],
      code: [
        'import { imshow, segment } from "bioengine";',
        "",
        "const again = await segment(image, {",
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        "  modelName: trained.modelId,",
        "});",
        "imshow(again.mask, { image: image });",
      ].join("\n"),
    },
    {
      title: "Train on example images",
      description:
        "Downloads BioEngine's four example images with their labels (kept for the next time), and trains on three of them.",
      category: "Train",
      model: "cellpose-train",
      isRare: true,
      requires: [],
      server: "the internet; without it, drawn images stand in",
      code: [
        'import { getExampleTrainingImages, train } from "bioengine";',
        "",
        "const examples = await getExampleTrainingImages();",
        'const example = await train("example", examples.slice(0, 3), {',
        ...(options.serverUrl ? [`  serverUrl: ${JSON.stringify(options.serverUrl)},`] : []),
        "  epochs: 5,",
        "  validation: examples.slice(3),",
        "});",
        "example;",
      ].join("\n"),
      fields: [{ label: "Epochs", literal: "5" }],
    },
    {
      title: "Train step by step",
      description:
        "What `train` does, for a training of one's own: each step sends one image to the sequence model `cellpose-train`, and the end gives the model's file.",
      category: "Train",
      model: "cellpose-train",
      isRare: true,
      requires: ["image", "mask"],
      server: "a Triton server with cellpose-train",
      code: `import { writeFileSync } from "node:fs";
import { SequenceExecutor, stack } from "bioengine";

const gray = image.astype("float32");
const pairs = [{ image: stack([gray, gray, gray], 2), labels: mask.astype("uint16").expandDims(2) }];

const training = new SequenceExecutor({
  serverUrl: ${JSON.stringify(trainingServer)},
  modelName: "cellpose-train",
  sequenceId: 1001, // the id of the model, a whole number above 0
  decodeJson: true,
});
const parameters = { steps: 16, pretrained_model: "cyto", resume: true, model_token: null, channels: [1, 0] };
for (let epoch = 0; epoch < 5; epoch++) {
  for (const pair of pairs) {
    const { info } = await training.step([pair.image, pair.labels, parameters], { selectOutputs: ["info"] });
    console.log(\`epoch \${epoch} loss \${info[0].loss}\`);
  }
}
const ended = await training.end({ decodeJson: true, selectOutputs: ["model", "info"] });
writeFileSync(ended.info[0].model_files[0], ended.model[0]);`,
    },
  ];
}

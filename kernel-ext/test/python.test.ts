import { afterAll, beforeAll, expect, test } from "vitest";
import { tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// What whoever knows Python, NumPy and scikit-image writes first, code models above all: each slip is an error that
// has the right line.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.client.execute(`import { execute, gaussian, imread, imwrite, label, ndarray, pearson, regionpropsTable, segment, tTest, train, writeCsv, zeros } from "bioengine";
const image = zeros([20, 30]);
const mask = label(image.greater(0));
const values = [1, 2];
const table = regionpropsTable(mask, { properties: ["label", "area"] });`);
}, 60_000);
afterAll(() => kernel.stop());

const traceback = async (code: string): Promise<string> => tracebackOf(await kernel.client.execute(code));

test.each([
  // Imports
  [
    "from skimage.measure import label, regionprops_table",
    'import { label, regionpropsTable } from "bioengine";',
  ],
  ["from skimage import measure", 'import { ndarray, regionpropsTable, label, gaussian } from "bioengine";'],
  ["import numpy as np", 'import { ndarray, regionpropsTable, label, gaussian } from "bioengine";'],
  ['import { regionprops_table } from "bioengine";', "Did you mean 'regionpropsTable'?"],
  ['import { threshold_otsu } from "bioengine";', "Did you mean 'thresholdOtsu'?"],
  ['import { label_image } from "bioengine";', "Did you mean label?"],
  ['import { dilate } from "bioengine";', "Did you mean dilation?"],
  ['import { filters } from "bioengine";', "There are no parts: import what you call"],
  ['import { label } from "bioengine/measure";', 'All of it comes from one place: from "bioengine"'],
  ["regionprops(mask)", 'Import it first: import { regionprops } from "bioengine";'],
  ["remove_small_objects(mask)", 'import { removeSmallObjects } from "bioengine"; removeSmallObjects(mask)'],
  // Calls of Python's modules
  ["skimage.measure.label(image)", 'In TypeScript: import { label } from "bioengine"; label(image)'],
  [
    "measure.regionprops_table(mask, intensity_image=image)",
    'In TypeScript: import { regionpropsTable } from "bioengine"; regionpropsTable(mask, { image: image })',
  ],
  ["morphology.disk(3)", 'In TypeScript: import { disk } from "bioengine"; disk(3)'],
  [
    "registration.phase_cross_correlation(image, image, upsample_factor=10)",
    'In TypeScript: import { phaseCrossCorrelation } from "bioengine"; phaseCrossCorrelation(image, image, { upsampleFactor: 10 })',
  ],
  [
    "metrics.structural_similarity(image, image)",
    'In TypeScript: import { structuralSimilarity } from "bioengine"; structuralSimilarity(image, image)',
  ],
  [
    "ndimage.uniform_filter(image, size=5)",
    'In TypeScript: import { uniformFilter } from "bioengine"; uniformFilter(image, { size: 5 })',
  ],
  ['import { greycomatrix } from "bioengine";', "Did you mean"],
  ["plt.imshow(image)", 'In TypeScript: import { imshow } from "bioengine"; imshow(image)'],
  [
    "plt.scatter(area, perimeter)",
    'In TypeScript: import { scatter } from "bioengine"; scatter(area, perimeter)',
  ],
  ["plt.show()", "Leave it out: imshow(image"],
  ['io.imread("a.tif")', 'In TypeScript: import { imread } from "bioengine"; await imread("a.tif")'],
  ["np.max(image)", "In TypeScript: image.max()"],
  ["np.percentile(image, 99)", "In TypeScript: image.percentile(99)"],
  ["np.median(image)", "In TypeScript: image.percentile(50)"],
  ["np.sum(mask, axis=0)", "In TypeScript: mask.sum(0)"],
  ["np.unique(mask)", 'In TypeScript: import { unique } from "bioengine"; unique(mask)'],
  [
    "np.zeros((3, 3), dtype=np.uint8)",
    'In TypeScript: import { zeros } from "bioengine"; zeros([3, 3], "uint8")',
  ],
  [
    "np.ones_like(image)",
    'In TypeScript: import { full } from "bioengine"; full(image.shape, 1, image.dtype)',
  ],
  ["image.astype(np.float32)", 'In TypeScript: "float32"'],
  // Grammar
  ["# a comment", "In TypeScript: // a comment"],
  ["def area_of(x):\n    return x", "In TypeScript: function areaOf(x) { … }"],
  ["for i in range(10):\n    print(i)", "In TypeScript: for (let i = 0; i < 10; i++) { … }"],
  ["for i in range(2, n):\n    print(i)", "In TypeScript: for (let i = 2; i < n; i++) { … }"],
  ["for x in mask:\n    print(x)", "In TypeScript: for (const x of mask) { … }"],
  ["for i, x in enumerate(mask):\n    print(x)", "In TypeScript: for (const [i, x] of mask.entries()) { … }"],
  ["if a and not b:\n    print(1)", "In TypeScript: if (a && !b) { … }"],
  ["if mask and not image:\n    print(1)", "if (mask.logicalAnd(image.logicalNot()).any()) { … }"],
  ["elif image > 3 or mask:\n    print(1)", "} else if (image.greater(3).logicalOr(mask).any()) {"],
  ["for i, row in table.iterrows():\n    print(row)", "for (const [i, row] of table.rows().entries()) { … }"],
  ["f = lambda x: x + 1", "In TypeScript: (x) => x + 1"],
  ['f"{image.max()} counts"', "{image.max()} counts`"],
  ["image[10:20]", "In TypeScript: image.slice([10, 20])"],
  ["image[:, 0]", "In TypeScript: image.slice(null, 0)"],
  ["image[5:, 2:7]", "In TypeScript: image.slice([5], [2, 7])"],
  ["const x = None", "In TypeScript: null"],
  ["threshold = 5", "Declare it: let threshold = …"],
  ["const doubled = [v * 2 for v in values]", "In TypeScript: values.map((v) => v * 2)"],
  ["[v for v in values if v > 1 and v < 3]", "In TypeScript: values.filter((v) => v > 1 && v < 3)"],
  ["areas = [r.area for r in table]", "In TypeScript: table.rows().map((r) => r.area)"],
  ["[i * i for i in range(9)]", "Array.from({ length: 9 }, (_, index) => index).map((i) => i * i)"],
  ["[i + v for i, v in enumerate(values)]", "[...values.entries()].map(([i, v]) => i + v)"],
  ["const h, w = image.shape", "In TypeScript: const [h, w] = image.shape"],
  ["height, width = image.shape", "In TypeScript: const [height, width] = image.shape"],
  // Names that no cell has made
  ["new Tabel({})", 'Did you mean this one? import { Table } from "bioengine";'],
  ["tabel.head()", "No cell has made it: run the cell that declares tabel, or correct the name"],
  ["label(picture)", "No cell has made it: run the cell that declares picture, or correct the name"],
  // Arguments
  ['await writeCsv(table, "x.csv")', 'Write writeCsv("x.csv", table)'],
  ['await imwrite(mask, "mask.tif")', 'Write imwrite("mask.tif", mask)'],
  ["tTest(table, table)", 'It takes a column: table.column("area")'],
  ['await train("x", [image, mask])', 'It takes a list of pairs: train("x", [[image, mask]])'],
  ['await train("x", image, mask)', 'It takes a list of pairs: train("x", [[image, mask]])'],
  ['await train("x", [{ image, mask }], { epochs: 2 })', 'train("x", [[image, mask]], { epochs: 2 })'],
  ['await execute({ inputs: image, modelName: "stardist" })', "It takes a list: inputs: [image, {}]"],
  ['table.select("area")', 'It takes a list: table.select(["area"])'],
  ['table.select("area", "label")', 'It takes a list: table.select(["area", "label"])'],
  ['image.astype("int")', 'Did you mean "int32"?'],
  ['image.astype("uint")', 'Did you mean "uint32"?'],
  ['image.astype("float")', 'Did you mean "float32"?'],
  ['image.astype("double")', 'Did you mean "float64"?'],
  [
    'table.groupBy("label").aggregate({ area: ["average"] })',
    'Did you mean "mean"? It may be: "count", "unique", "first", "sum", "mean"',
  ],
  ['table.aggregate({ area: "mean" })', 'Write table.groupBy("image").aggregate('],
  ["table.filter((r) => 100 < r.area < 300)", "Compare twice: 100 < r.area && r.area < 300"],
  ["0 < image", "There are no operators for it: image.greater(0)"],
  ["100 < image < 300", "There are no operators for it: image.greater(100).logicalAnd(image.less(300))"],
  ['table.column("area").mean()', 'Write ndarray(table.values("area")).mean()'],
  ['Math.max(table.column("area"))', 'Write Math.max(...table.values("area"))'],
  ['table.column("area").median()', 'Write ndarray(table.values("area")).percentile(50)'],
  ["np.isin(mask, [1, 2])", 'import { keepLabels } from "bioengine"; keepLabels(mask, [1, 2])'],
  [
    "skimage.measure.find_contours(mask, 0.5)",
    'import { findContours } from "bioengine"; findContours(mask, 0.5)',
  ],
  [
    "segmentation.mark_boundaries(image, mask, mode='inner')",
    "markBoundaries(image, mask, { mode: 'inner' })",
  ],
  [
    "profile_line(image, (1, 2), (30, 40), linewidth=3)",
    'In TypeScript: import { profileLine } from "bioengine"; profileLine(image, [1, 2], [30, 40], { linewidth: 3 })',
  ],
  [
    "skimage.draw.polygon2mask((64, 64), corners)",
    'import { polygonToMask } from "bioengine"; polygonToMask([64, 64]',
  ],
  ["feature.blob_log(image, max_sigma=8)", "blobLog(image, { maxSigma: 8 })"],
  ["filters.sato(image, black_ridges=False)", "sato(image, { blackRidges: false })"],
  [
    "ndimage.center_of_mass(image, labels=mask)",
    'regionpropsTable(mask, { image: image, properties: ["label", "centroid_weighted"] })',
  ],
  [
    "ndi.mean(image, mask, [1, 2])",
    'regionpropsTable(mask, { image: image, properties: ["label", "intensity_mean"] })',
  ],
  ["gaussian(image, 1)", "Options are one object: gaussian(image, { sigma: 1 })"],
  ["gaussian(image, sigma=1)", "In TypeScript: gaussian(image, { sigma: 1 })"],
  ["image.mean(axis=0)", "In TypeScript: image.mean(0)"],
  [
    "regionpropsTable(mask, image, ['label'])",
    "Options are one object: regionpropsTable(mask, { image: image, properties: ['label'] })",
  ],
  ["await segment(image, { diameter: 30 })", "write parameters: { diameter: … }"],
  ["regionpropsTable(mask, { intensity_image: image })", "Write regionpropsTable(mask, { image: image })"],
  ['regionpropsTable(mask, { properties: ("label", "area") })', 'A list is in brackets: ["label", "area"]'],
  [
    'await execute("stardist", [image])',
    'Options are one object: execute({ modelName: "stardist", inputs: [image] })',
  ],
  ['await execute({ inputs: [image], model_name: "stardist" })', "Did you mean to write 'modelName'?"],
  [
    'await execute(inputs=[image, {"diameter": 30}], server_url="http://a:8000", model_name="cellpose-python")',
    'In TypeScript: execute({ inputs: [image, {"diameter": 30}], serverUrl: "http://a:8000", modelName: "cellpose-python" })',
  ],
  ["image.reshape(600, 1)", "It takes a list: image.reshape([600, 1])"],
  ["image.reshape(-1)", "It takes a list: image.reshape([-1])"],
  // Members
  ["image.max + 1", "It is a method: image.max()"],
  ["console.log(image.mean > 3)", "It is a method: image.mean()"],
  ["image.T", "Write image.transpose()"],
  ["image.length", "Here it is shape[0]"],
  ["image.gt(3)", "Write image.greater(3)"],
  ["image.map((value) => value)", "Here it is Array.from(image.data, Number).map(…)"],
  ["image.expand_dims(0)", "Did you mean 'expandDims'?"],
  ["mask.unique()", 'Here it is a function: import { unique } from "bioengine";'],
  ["table.length", "Write table.rowCount"],
  ["table.area", 'Write table.column("area")'],
  ["table.map((row) => row.area)", "Write table.rows().map((row) => row.area)"],
  ["image.shape()", "It is no method: image.shape"],
  ["image.shape(0)", "It is no method: image.shape[0]"],
  ["image.gaussian(2)", "Write gaussian(image, { sigma: 2 })"],
  ["mask.label()", "Write label(mask)"],
  ["image.median()", "Write image.percentile(50)"],
  ["mask.isin([1, 2])", 'import { keepLabels } from "bioengine"; keepLabels(mask, [1, 2]).notEqual(0)'],
  // Names that are made up
  ['import { readImage, f1Score } from "bioengine";', "Did you mean imread?"],
  ['import { StarDist2D } from "bioengine";', "Did you mean segment?"],
  ['await segment(image, { model: "stardist" })', "Did you mean modelName?"],
  ["(await segment(image)).labels", "Did you mean mask?"],
  ["image.max({ axis: 0 })", "It is no option: image.max(0)"],
  ["(image > 3).mean()", "There are no operators for it: image.greater(3)"],
  ['table[table["area"] > 140]', "Write table.filter((row) => row.area > 140)"],
  ["const { count } = label(image)", "max() for the number of labels"],
  ["pearson([1, 2, 3], [3, 2, 1]).coefficient", "It has: count, pValue, statistic"],
  // Promises
  ['imread("a.tif").shape', '(await imread("a.tif")).shape'],
  ["const { mask: found } = execute({ inputs: [] })", "It is a promise: await execute({ inputs: [] })"],
  // At run time: TypeScript lets them pass
  ["image[0]", "Cannot index an array with brackets: use at(0) for the part, get(0, 0) for a number"],
  ["image[3] = 5", "set(value, 3, 0), got [3]"],
  ['table["area"]', 'Cannot index a table with brackets: use column("area"), got ["area"]'],
  ["+image", "Cannot calculate with an array by operators: use its methods, such as multiply(-1)"],
])("%s comes with what is meant", async (code, advice) => {
  expect(await traceback(code)).toContain(advice);
});

test("what a line of several names is assigned from has its own error", async () => {
  const text = await traceback("const size = [1, 2];\nlet a = 0, b = 0;\na, b = sizes;");
  expect(text).toContain("No cell has made it: run the cell that declares sizes");
});

test("what is in scope everywhere is no option", async () => {
  expect(await traceback("image.mean({ where: mask })")).not.toContain("It may have");
});

test("a column where an array is needed comes with the right line in place of the overloads", async () => {
  const text = await traceback('ndarray(table.column("area"))');
  expect(text.split("\n").slice(1)).toEqual([
    '  1 | ndarray(table.column("area"))',
    "    |         ^^^^^^^^^^^^^^^^^^^^",
    '  Write ndarray(table.values("area"))',
  ]);
});

test("a line of Python is one error, not one for each of its words", async () => {
  const text = await traceback(
    "from skimage.measure import label, regionprops_table\nimport numpy as np\nlabel(1)",
  );
  expect(text.match(/, line \d/g)).toEqual([", line 1", ", line 2"]);
});

test("TypeScript that looks like Python gets no advice for Python", async () => {
  for (const code of [
    "const a = { b: [{ c: 1 }] };",
    "class A { #b = 1 }",
    "for (const x of [1]) x;",
    "let and = 1; and;",
  ]) {
    expect(await traceback(code)).toBe("");
  }
  expect(await traceback("const wrong = [1, 2")).not.toContain("In TypeScript");
});

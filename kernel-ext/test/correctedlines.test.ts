import { afterAll, beforeAll, expect, test } from "vitest";
import { tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// The line that an error comes with is pasted in the place of the wrong one, by people and code models alike: it runs.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  const { reply } =
    await kernel.client.execute(`import { anova, gaussian, histogram, imread, imshow, imwrite, keepLabels, label, median, ndarray, nearestPoints, openImage, pearson, regionpropsTable, removeSmallHoles, removeSmallObjects, segment, Table, thresholdOtsu, toGeoJson, tTest, writeCsv, zeros } from "bioengine";
const isCell = (y: number, x: number) => (y < 6 && x < 7) || (y > 11 && y < 16 && x > 12 && x !== 20);
const image = ndarray(Array.from({ length: 20 }, (_, y) => Array.from({ length: 30 }, (_, x) => Number(isCell(y, x)))));
const mask = label(image.greater(0));
const isBright = image.greater(0);
const values = [1, 2, 4];
const points = ndarray([[1, 2], [3, 4], [9, 9]]);
const table = regionpropsTable(mask, { properties: ["label", "area", "perimeter"] });
const nearest = table.select(["label"]);
const markers = zeros([20, 30], "int32");
const column = table.column("label");
await imwrite("cells.tif", image.astype("uint8"));
const slide = await openImage("cells.tif");
const kinds = new Table({ id: [1, 2], kind: ["round", "long"] });`);
  expect(reply.status).toBe("ok");
}, 60_000);
afterAll(() => kernel.stop());

const traceback = async (code: string): Promise<string> => tracebackOf(await kernel.client.execute(code));

test.each([
  // Options that mean the opposite, or one more
  ['table.sort("area", { ascending: false })', 'table.sort("area", { descending: true })'],
  ['table.sort("area", { ascending: true })', 'table.sort("area", { descending: false })'],
  ['table.sort("area", ascending=False)', 'table.sort("area", { descending: true })'],
  ["removeSmallObjects(mask, { minSize: 40 })", "removeSmallObjects(mask, { maxSize: 39 })"],
  ["removeSmallObjects(mask, { min_size: 40 })", "removeSmallObjects(mask, { maxSize: 39 })"],
  [
    "removeSmallObjects(mask, { min_size: values.length, connectivity: 2 })",
    "removeSmallObjects(mask, { maxSize: values.length - 1, connectivity: 2 })",
  ],
  ["removeSmallObjects(mask, 40)", "removeSmallObjects(mask, { maxSize: 39 })"],
  ["removeSmallObjects(mask, min_size=40)", "removeSmallObjects(mask, { maxSize: 39 })"],
  [
    "remove_small_objects(mask, 40)",
    'import { removeSmallObjects } from "bioengine"; removeSmallObjects(mask, { maxSize: 39 })',
  ],
  ["removeSmallHoles(mask, area_threshold=10)", "removeSmallHoles(mask, { maxSize: 9 })"],
  [
    "morphology.remove_small_objects(mask, min_size=40)",
    'import { removeSmallObjects } from "bioengine"; removeSmallObjects(mask, { maxSize: 39 })',
  ],
  ["tTest(values, values, equal_var=False)", "tTest(values, values, { equalVariances: false })"],
  ["regionpropsTable(mask, { intensity_image: image })", "regionpropsTable(mask, { image: image })"],
  ["regionpropsTable(mask, image=image)", "regionpropsTable(mask, { image: image })"],
  ['table.sort("area", false)', 'table.sort("area", { descending: true })'],
  // Contrast
  ["imshow(image, { vmin: 0, vmax: 3 })", "imshow(image.maximum(0).minimum(3))"],
  ["imshow(mask, { image, vmin: 0, vmax: 3 })", "imshow(mask, { image: image.maximum(0).minimum(3) })"],
  ['plt.imshow(image, cmap="gray", vmax=3)', 'import { imshow } from "bioengine"; imshow(image.minimum(3))'],
  [
    'imshow(image, { clim: [1, 3], title: "cells" })',
    'imshow(image.maximum(1).minimum(3), { title: "cells" })',
  ],
  // What arrays have elsewhere
  [
    "mask.roll(1)",
    'import { concatenate } from "bioengine"; concatenate([mask.flatten().slice([-1]), mask.flatten().slice([0, -1])]).reshape(mask.shape)',
  ],
  ["np.roll(image, 2, axis=1)", "concatenate([image.slice(null, [-2]), image.slice(null, [0, -2])], 1)"],
  ['import { invert } from "bioengine";', "image.multiply(-1).add(image.max())"],
  ['import { mean } from "bioengine";', "image.mean()"],
  ["image.clip(0, 1)", "image.maximum(0).minimum(1)"],
  ["image.percentile([1, 99])", "[1, 99].map((rank) => image.percentile(rank))"],
  ["np.percentile(image, [1, 99])", "[1, 99].map((rank) => image.percentile(rank))"],
  ["np.quantile(image, 0.99)", "image.percentile(99)"],
  ["np.log1p(image)", "ndarray(Array.from(image.data, Number).map(Math.log1p), image.shape)"],
  ["np.fliplr(image)", "image.slice(null, [null, null, -1])"],
  // Indices and ranges
  ['image.slice("0:10")', "image.slice([0, 10])"],
  ['image.slice("0:10, 5:")', "image.slice([0, 10], [5])"],
  ["slide.read([[0, 10], [0, 10]])", "slide.read([0, 10], [0, 10])"],
  [
    'await imread("cells.tif", { region: [[0, 10], [5, 10]] })',
    'await (await openImage("cells.tif")).read([0, 10], [5, 10])',
  ],
  ["markers.set([3, 4], 1)", "markers.set(1, 3, 4)"],
  ["markers[3, 4] = 1", "markers.set(1, 3, 4)"],
  ["image.get([3, 4])", "image.get(3, 4)"],
  // Functions in the place of columns
  ["table.sort((a, b) => a.area - b.area)", 'table.sort("area")'],
  ["table.sort((a, b) => b.area - a.area)", 'table.sort("area", { descending: true })'],
  ['table.sort((row) => -row["area"])', 'table.sort("area", { descending: true })'],
  [
    "keepLabels(mask, (row) => row.area > 30)",
    'keepLabels(mask, regionpropsTable(mask).filter((row) => row.area > 30).column("label"))',
  ],
  [
    "keepLabels(mask, (label) => label > 1)",
    'keepLabels(mask, regionpropsTable(mask).values("label").filter((label) => label > 1))',
  ],
  ['table.withColumn("big", table.column("area") > 300)', 'table.withColumn("big", (row) => row.area > 300)'],
  ["[...column].sort((a, b) => a - b)", "Array.from(column, Number).sort((a, b) => a - b)"],
  ["column[0] + 1", "Number(column[0]) + 1"],
  // Values in the place of options
  ['histogram(table.column("area"), 20)', 'histogram(table.column("area"), { bins: 20 })'],
  ["nearestPoints(points, points, { count: 2 })", "nearestPoints(points, { count: 2, from: points })"],
  ['table.sort("area", true)', 'table.sort("area", { descending: true })'],
  [
    'regionpropsTable(mask, image, ["label"])',
    'regionpropsTable(mask, { image: image, properties: ["label"] })',
  ],
  ['table.groupBy("label", "area")', 'table.groupBy(["label", "area"])'],
  ['table.sort("area", "label")', 'table.sort(["area", "label"])'],
  // Columns
  ['np.median(table["area"])', 'ndarray(table.values("area")).percentile(50)'],
  ["np.median(table.area)", 'ndarray(table.values("area")).percentile(50)'],
  ['np.sqrt(table["area"])', 'ndarray(table.values("area")).power(0.5)'],
  ['np.std(table.column("area"))', 'ndarray(table.values("area")).std()'],
  [
    'plt.scatter(table["area"], table["label"], c="red")',
    'import { scatter } from "bioengine"; scatter(table.column("area"), table.column("label"))',
  ],
  [
    'plt.hist(table["area"], bins=20, color="k")',
    'import { histogram } from "bioengine"; histogram(table.column("area"), { bins: 20 })',
  ],
  [
    'plt.plot(table["label"], table["area"], "r-", lw=2, label="cells")',
    'import { plot } from "bioengine"; plot(table.column("label"), table.column("area"))',
  ],
  ["plt.plot(values)", 'import { arange, plot } from "bioengine"; plot(arange(values.length), values)'],
  ['plt.plot(image, color="k")', 'import { arange, plot } from "bioengine"; plot(arange(image.size), image)'],
  ['median(table.column("area"))', 'ndarray(table.values("area")).percentile(50)'],
  // Tables
  ['table.join(nearest, on="label")', 'table.join(nearest, "label")'],
  ['table.merge(nearest, on="label", how="left")', 'table.join(nearest, "label", { how: "left" })'],
  [
    'table.merge(kinds, left_on="label", right_on="id", how="outer")',
    'table.join(kinds.rename({ "id": "label" }), "label", { how: "outer" })',
  ],
  ['table.merge(nearest, how="left")', 'table.join(nearest, "label", { how: "left" })'],
  ['table.merge(nearest, left_on="label", right_on="label")', 'table.join(nearest, "label")'],
  ['pd.merge(table, nearest, on="label", how="right")', 'table.join(nearest, "label", { how: "right" })'],
  ["pd.concat([nearest, nearest])", 'import { Table } from "bioengine"; Table.concat([nearest, nearest])'],
  ['table.groupby("label").mean()', 'table.groupBy("label").aggregate({ area: "mean" })'],
  ['table.groupBy("label").median()', 'table.groupBy("label").aggregate({ area: "median" })'],
  [
    'table.groupby("label", as_index=False)["perimeter"].std()',
    'table.groupBy("label").aggregate({ perimeter: "std" })',
  ],
  [
    'table.groupby(by="label")[["area", "perimeter"]].agg(["mean", "std"])',
    'table.groupBy("label").aggregate({ area: ["mean", "std"], perimeter: ["mean", "std"] })',
  ],
  ['table.groupby("label").area.nunique()', 'table.groupBy("label").aggregate({ area: "unique" })'],
  ['table.groupby("label").agg({"area": "mean"})', 'table.groupBy("label").aggregate({"area": "mean"})'],
  ['table.groupby(["label", "area"]).size()', 'table.groupBy(["label", "area"]).count()'],
  ["table.head(n=2)", "table.head(2)"],
  ['table.rename(columns={"area": "size"})', 'table.rename({"area": "size"})'],
  ['table.to_csv("out.csv", index=False)', 'await writeCsv("out.csv", table)'],
  ['table.toCsv("out.csv", { index: false })', 'await writeCsv("out.csv", table)'],
  ['table.sort_values("area", ascending=False)', 'table.sort("area", { descending: true })'],
  ['table.sort_values(by="area")', 'table.sort("area")'],
  ["table.dropna()", "table.filter((row) => row.area !== null && !Number.isNaN(row.area))"],
  ["table.corr()", 'pearson(table.column("area"), table.column("perimeter"))'],
  // Lists and numbers where NumPy takes anything
  ["np.mean(values)", "ndarray(values).mean()"],
  ["np.std([1, 2, 4])", "ndarray([1, 2, 4]).std()"],
  ["np.median(Float32Array.of(1, 2))", "ndarray(Float32Array.of(1, 2)).percentile(50)"],
  ["np.sqrt(2)", "Math.sqrt(2)"],
  ["np.log(values.length)", "Math.log(values.length)"],
  ["np.max(image)", "image.max()"],
  ["gaussian([[1, 2], [3, 4]])", "gaussian(ndarray([[1, 2], [3, 4]]))"],
  // Tables and lists where an image is needed
  ["label(table)", "label(mask)"],
  ["gaussian(regionpropsTable(mask))", "gaussian(mask)"],
  ["imshow([image, mask])", "imshow(mask, { image: image })"],
  ["imshow([image, image, image])", "imshow(image); imshow(image); imshow(image)"],
  // Python's words between arrays
  ["const both = isBright and mask > 3", "const both = isBright.logicalAnd(mask.greater(3))"],
  [
    "const some = (image > 0 or mask < 5) and not isBright",
    "const some = image.greater(0).logicalOr(mask.less(5)).logicalAnd(isBright.logicalNot())",
  ],
  ["const dark = not isBright", "const dark = isBright.logicalNot()"],
  ["imshow(mask > 0 and 3 < image)", "imshow(mask.greater(0).logicalAnd(image.greater(3)))"],
  ["const few = image.max() > 3 and not values.length", "const few = image.max() > 3 && !values.length"],
  // Names and tests that mean something else here
  ["let rows, columns = image.shape", "let [rows, columns] = image.shape"],
  ["var deep, tall, wide = image.expandDims(0).shape;", "var [deep, tall, wide] = image.expandDims(0).shape"],
  [
    "ttest_ind(values, values)",
    'import { tTest } from "bioengine"; tTest(values, values, { equalVariances: true })',
  ],
  [
    "stats.ttest_ind(values, values, equal_var=False)",
    'import { tTest } from "bioengine"; tTest(values, values, { equalVariances: false })',
  ],
  [
    "scipy.stats.ttest_rel(values, [2, 3, 7])",
    'import { tTest } from "bioengine"; tTest(values, [2, 3, 7], { paired: true })',
  ],
  [
    "stats.ttest_ind(values, [2, 3, 7], equal_var=False, alternative='less')",
    "import { tTest } from \"bioengine\"; tTest(values, [2, 3, 7], { equalVariances: false, alternative: 'less' })",
  ],
  [
    'anova(table.column("area"), { groups: table.column("perimeter") })',
    'anova(...[...new Set(table.values("perimeter"))].map((group) => table.filter((row) => row["perimeter"] === group).values("area")))',
  ],
  [
    "stats.f_oneway(values, [2, 3, 7], [5, 9])",
    'import { anova } from "bioengine"; anova(values, [2, 3, 7], [5, 9])',
  ],
  [
    'stats.kruskal(values, [2, 3, 7], nan_policy="omit")',
    'import { kruskalWallis } from "bioengine"; kruskalWallis(values, [2, 3, 7])',
  ],
  [
    'stats.wilcoxon(values, [2, 3, 7], alternative="less")',
    'import { wilcoxon } from "bioengine"; wilcoxon(values, [2, 3, 7], { alternative: "less" })',
  ],
  ["ranksums(values, [2, 3])", 'import { mannWhitney } from "bioengine"; mannWhitney(values, [2, 3])'],
  [
    'multipletests([0.01, 0.2], alpha=0.05, method="holm")',
    'import { adjustPValues } from "bioengine"; adjustPValues([0.01, 0.2], { method: "holm" })',
  ],
  [
    'stats.false_discovery_control([0.01, 0.2], method="bh")',
    'import { adjustPValues } from "bioengine"; adjustPValues([0.01, 0.2], { method: "fdr_bh" })',
  ],
  // NumPy's operators between conditions, of which TypeScript has errors each
  ["const bright = (image > 0) & (mask < 5);", "image.greater(0).logicalAnd(mask.less(5))"],
  ["imshow(image > 0 | isBright)", "image.greater(0).logicalOr(isBright)"],
  ['await writeCsv("out.csv", table, { index: false })', 'writeCsv("out.csv", table)'],
  // Columns in brackets
  ['table["area"]', 'table.column("area")'],
  ["table.area", 'table.column("area")'],
  ['table["area"].mean()', 'ndarray(table.values("area")).mean()'],
  ['table["area"].median()', 'ndarray(table.values("area")).percentile(50)'],
  [
    'table["area"].std()',
    'ndarray(table.values("area")).std() * Math.sqrt(table.rowCount / (table.rowCount - 1))',
  ],
  ["np.abs(image)", "ndarray(Array.from(image.data, Number).map(Math.abs), image.shape)"],
  ["abs(image)", "ndarray(Array.from(image.data, Number).map(Math.abs), image.shape)"],
  ["np.argmin(image)", 'image.astype("float64").multiply(-1).argmax()'],
  ["table.area.tolist()", 'table.values("area")'],
  ['table["area"].nunique()', 'new Set(table.values("area")).size'],
  ['table[table["area"] > 50]', "table.filter((row) => row.area > 50)"],
  ["table[table.area > 50]", "table.filter((row) => row.area > 50)"],
  [
    'table[(table["area"] > 50) & (table["perimeter"] < 90)]',
    "table.filter((row) => (row.area > 50) && (row.perimeter < 90))",
  ],
  [
    'table["ratio"] = table["area"] / table["perimeter"]',
    'const changed = table.withColumn("ratio", (row) => row.area / row.perimeter)',
  ],
  [
    'const ratio = table["area"] / table["perimeter"]',
    'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  ],
  [
    'table.drop(columns=["perimeter"])',
    'table.select(table.columnNames.filter((name) => !["perimeter"].includes(name)))',
  ],
  ['table.hist("area")', 'histogram(table.column("area"))'],
  // Python's own functions
  ["len(table)", "table.rowCount"],
  ["len(image)", "image.shape[0]"],
  ["len(values)", "values.length"],
  ['print("cells", len(values))', 'console.log("cells", values.length)'],
  ["sum(values)", "values.reduce((sum, value) => sum + value, 0)"],
  ["max(values)", "Math.max(...values)"],
  ["round(image.mean(), 2)", "Number(image.mean().toFixed(2))"],
  ["sorted(values, reverse=True)", "values.toSorted((a, b) => b - a)"],
  ["str(values.length)", "String(values.length)"],
  ["int(image.mean())", "Math.trunc(Number(image.mean()))"],
  ["list(zip(values, values))", "[...values.map((value, index) => [value, values[index]])]"],
  ["range(2, 5)", "Array.from({ length: 5 - 2 }, (_, index) => 2 + index)"],
  ["math.sqrt(2)", "Math.sqrt(2)"],
  ["math.pi", "Math.PI"],
  ['os.listdir(".")', 'import { readdirSync } from "node:fs"; readdirSync(".")'],
  ['os.path.join("a", "b")', 'import { join } from "node:path"; join("a", "b")'],
  [
    'Path(".").glob("*.tif")',
    'import { readdirSync } from "node:fs"; readdirSync(".").filter((name) => name.endsWith(".tif"))',
  ],
  ["import os", 'import { readdirSync } from "node:fs";'],
  ["from cellpose import models", 'import { segment } from "bioengine";'],
  // Arguments of Python's within others
  ["np.where(mask > 0, image, 0)", 'import { where } from "bioengine"; where(mask.greater(0), image, 0)'],
  ["np.where(mask == 3)", "mask.equal(3)"],
  ["np.mean(image[mask > 0])", 'import { extract } from "bioengine"; extract(mask.greater(0), image).mean()'],
  [
    "morphology.binary_opening(isBright, morphology.disk(2))",
    'import { binaryOpening, disk } from "bioengine"; binaryOpening(isBright, disk(2))',
  ],
  ["ndi.gaussian_filter(image, 2)", 'import { gaussian } from "bioengine"; gaussian(image, { sigma: 2 })'],
  [
    'measure.regionprops_table(mask, image, properties=["label", "area"])',
    'import { regionpropsTable } from "bioengine"; regionpropsTable(mask, { properties: ["label", "area"], image: image })',
  ],
  ["np.unique(mask, return_counts=True)", 'regionpropsTable(mask, { properties: ["label", "num_pixels"] })'],
  ["cv2.threshold(image, 0, 255, cv2.THRESH_OTSU)", "image.greater(thresholdOtsu(image))"],
  [
    "plt.hist(image.ravel(), bins=9)",
    'import { histogram } from "bioengine"; histogram(image.flatten(), { bins: 9 })',
  ],
  ["pd.DataFrame(measure.regionprops_table(mask))", "regionpropsTable(mask)"],
  ["np.linspace(0, 1, 5)", "Array.from({ length: 5 }, (_, index) => 0 + index * (1 - 0) / (5 - 1))"],
  // Texts and choices
  [
    'print(f"{image.mean():.2f} of {values.length}")',
    `console.log(\`\${image.mean().toFixed(2)} of \${values.length}\`)`,
  ],
  ["const few = 1 if values.length > 3 else 2", "const few = values.length > 3 ? 1 : 2"],
  // Others
  ["pd.DataFrame({ area: [1, 2] })", 'import { Table } from "bioengine"; new Table({ area: [1, 2] })'],
  ["gaussian(image, sigma=1.5)", "gaussian(image, { sigma: 1.5 })"],
  ['imshow(image, cmap="gray")', "imshow(image)"],
  ['imshow(image, { cmap: "gray", title: "cells" })', 'imshow(image, { title: "cells" })'],
  ["scipy.stats.spearmanr(values, values)", 'import { spearman } from "bioengine"; spearman(values, values)'],
  ["threshold_otsu(image)", 'import { thresholdOtsu } from "bioengine"; thresholdOtsu(image)'],
  [
    'write_geojson(mask, "cells.geojson")',
    'import { toGeoJson } from "bioengine"; import { writeFileSync } from "node:fs"; writeFileSync("cells.geojson", JSON.stringify(toGeoJson(mask)))',
  ],
])("%s comes with a line that runs", async (wrong, right) => {
  const text = await traceback(wrong);
  const [, written] =
    /^ {2}(?:In TypeScript:|Write|Options are one object:|It takes a list:|There are no operators for it:) (.*?)(?:; it may have: .*)?$/m.exec(
      text,
    ) ?? [];
  expect(written).toBe(right);
  expect(await traceback(right)).toBe("");
});

test("a line with keywords is one error", async () => {
  for (const code of [
    'table.to_csv("out.csv", index=False)',
    'table.sort_values("area", ascending=False)',
    "gaussian(image, sigma=1.5, mode=None)",
    'imshow(image, cmap="gray")',
    'plt.imshow(image, cmap="gray")',
    'measure.regionprops_table(mask, properties=("label", "area"))',
  ]) {
    expect((await traceback(code)).match(/\(TS\d+\)/g)).toHaveLength(1);
  }
});

test("what else is wrong in a line with keywords has its own error", async () => {
  const text = await traceback("gaussian(picture, sigma=width);\ngaussian(image, sigma=2);");
  expect(text).toContain("Cannot find name 'picture'");
  expect(text).toContain("Cannot find name 'width'");
  expect(text).toContain("gaussian(picture, { sigma: width })");
  expect(text).toContain("gaussian(image, { sigma: 2 })");
});

test("TypeScript's own suggestion is left out where it would be the opposite", async () => {
  expect(await traceback('table.sort("area", { ascending: false })')).not.toContain("Did you mean");
});

test("texts in the place of options are names, or addresses of servers", async () => {
  expect(await traceback('await segment(image, "stardist")')).toContain(
    'segment(image, { modelName: "stardist" })',
  );
  expect(await traceback('await segment(image, "http://a:8000")')).toContain(
    'segment(image, { serverUrl: "http://a:8000" })',
  );
});

test("a model's parameters stand among the parameters, by their own names", async () => {
  expect(
    await traceback('await segment(image, modelName="cellpose-python", diameter=30, min_size=9)'),
  ).toContain('segment(image, { modelName: "cellpose-python", parameters: { diameter: 30, min_size: 9 } })');
});

test("a test of groups takes a list for each", async () => {
  expect(await traceback("anova(values, { groups: values })")).toContain(
    "It takes a list for each group: anova(a, b, c)",
  );
  expect(await traceback('tTest(table.column("area"), { groups: table.column("label") })')).toContain(
    "It takes a list for each group: tTest(a, b)",
  );
});

test("an order for each column has no line of its own", async () => {
  const text = await traceback('table.sort_values(["label", "area"], ascending=[False, True])');
  expect(text).toContain('Write table.sort("area", { descending: true })');
});

test("a method that no table has is no column", async () => {
  expect(await traceback("table.frobnicate()")).toContain("A table has: column, columnNames, describe");
  expect(await traceback("table.to_pandas()")).toContain("Write table.rows()");
});

test("functions of SciPy's are imported by their names here", async () => {
  expect(await traceback('import { ttest_ind } from "bioengine";')).toContain("Did you mean tTest?");
});

test("the rows of an array as lists need no line of their own", async () => {
  expect(await traceback("points.toArray().forEach(([y, x]) => console.log(y - x))")).toBe("");
  expect(await traceback("for (const [y, x] of points.toArray()) console.log(y + x)")).toBe("");
});

test("a model of Python's packages is one call", async () => {
  const text = await traceback("masks, flows, styles = model.eval(image, diameter=30)");
  expect(text).toContain(
    'In TypeScript: const { mask: masks } = await segment(image, { modelName: "cellpose-python", parameters: { diameter: 30 } })',
  );
  expect(await traceback('const model = StarDist2D.from_pretrained("2D_versatile_fluo")')).toContain(
    'In TypeScript: const { mask } = await segment(image, { modelName: "stardist" })',
  );
});

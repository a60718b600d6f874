/** A call that cells are made of: one line that runs where `image`, its `mask` and its `table` are. */
export interface ApiFunction {
  readonly code: string;
  /** What it gives, and what else is called so, as a comment. */
  readonly gives: string;
}

/** The library's calls by kind, each once, as whoever knows NumPy and scikit-image looks for them. */
export const functions: Readonly<Record<string, readonly ApiFunction[]>> = {
  Arrays: [
    { code: "image.shape[0]", gives: "rows; no call, nor are dtype, ndim, size" },
    { code: "image.at(0)", gives: "first row or plane, a view" },
    { code: "image.get(3, 4)", gives: "one pixel's number" },
    { code: "image.slice([0, 64], [0, 64])", gives: "rows, columns 0 to 63, a view" },
    {
      code: "image.percentile(99)",
      gives: "also min(), max(), mean(), sum(), std(); of an axis: image.max(0)",
    },
    {
      code: "image.greater(100).logicalAnd(image.less(200))",
      gives: "bool; also equal, notEqual, greaterEqual, lessEqual, logicalOr, logicalNot",
    },
    {
      code: 'image.astype("float32").subtract(100).divide(2)',
      gives: "also add, multiply, power, maximum, minimum; integers wrap",
    },
    {
      code: "image.expandDims(0).transpose([1, 2, 0])",
      gives: "also squeeze, reshape([64, -1]), flatten, copy",
    },
    {
      code: "extract(mask.equal(0), image).mean()",
      gives: "of the background; where(mask.equal(0), 0, image) sets it",
    },
    { code: "unique(mask).size - 1", gives: "number of objects" },
    {
      code: 'zeros(image.shape, "uint16")',
      gives: "also full(shape, value), arange(0, 5), ndarray([[1, 2], [3, 4]])",
    },
    { code: "stack([image, image])", gives: "[2, y, x]; also concatenate(arrays, axis)" },
  ],
  Images: [
    { code: "gaussian(image, { sigma: 1 })", gives: "smoothed" },
    { code: "median(image, disk(2))", gives: "also opening, closing, erosion, dilation" },
    { code: "whiteTophat(image, disk(8))", gives: "without what is larger" },
    { code: "sobel(image)", gives: "edges, float" },
    { code: "rescaleIntensity(image, { outRange: [0, 1] })", gives: "stretched" },
    { code: "resize(image, [128, 128])", gives: "also rescale(image, 0.5), rotate(image, 90)" },
    {
      code: "thresholdOtsu(image)",
      gives: "a number; also thresholdLi, thresholdTriangle",
    },
    { code: "image.greater(thresholdLocal(image, { blockSize: 35 }))", gives: "bool, for uneven light" },
  ],
  Labels: [
    { code: "label(image.greater(100))", gives: "numbered objects" },
    {
      code: "binaryOpening(image.greater(100), disk(2))",
      gives: "also binaryClosing, binaryFillHoles, skeletonize",
    },
    { code: "removeSmallObjects(mask, { maxSize: 30 })", gives: "drops up to 30 pixels" },
    { code: "clearBorder(mask)", gives: "without what touches the edge" },
    { code: "expandLabels(mask, { distance: 4 })", gives: "grown by 4 pixels" },
    { code: "distanceTransformEdt(mask)", gives: "distance to the background" },
    { code: "findBoundaries(mask)", gives: "outlines; also findContours, markBoundaries, labelToRgb" },
    { code: 'keepLabels(mask, table.column("label"))', gives: "a mask of some objects" },
    {
      code: "touchingLabels(mask)",
      gives: "label, neighbour, contacts, pairs twice; { connectivity: 2 }: corners too",
    },
    { code: "relabelSequential(mask)", gives: "numbered 1, 2, 3, …" },
  ],
  Measurements: [
    { code: "regionprops(mask).map((region) => region.area)", gives: "one object per label" },
    { code: "table.rowCount", gives: "number of objects; also columnNames" },
    {
      code: 'ndarray(table.values("area")).mean()',
      gives: "values() is a plain array, column() a typed one; also describe()",
    },
    { code: "table.rows()[0]", gives: "an object, keyed by column" },
    {
      code: 'table.filter((row) => row.area > 200).sort("area", { descending: true })',
      gives: 'a new table; also select(names), head(5), describe(), join(other, "label")',
    },
    {
      code: 'Table.concat({ "a.tif": table, "b.tif": table }).groupBy("image").aggregate({ area: ["mean", "sem"] })',
      gives: "columns image, area_mean, area_sem",
    },
    {
      code: 'table.withColumn("size", (row) => (row.area > 200 ? "large" : "small"))',
      gives: "added",
    },
    {
      code: 'tTest(table.values("area"), [200, 210, 190]).pValue',
      gives: "also mannWhitney, pearson, spearman; .statistic",
    },
    {
      code: 'await writeCsv("objects.csv", table)',
      gives: "also writeRois(path, mask) for ImageJ, toGeoJson(mask)",
    },
    {
      code: 'scatter(table.column("area"), table.column("solidity"))',
      gives: "also boxplot(values, { groups })",
    },
    { code: "matching(mask, mask).averagePrecision", gives: "also f1; the truth comes first" },
  ],
};

/** Names that a line's calls are imported by: those that no dot stands before, and the class of a static one. */
const importedNames = (code: string): string[] =>
  code.match(/(?<![.\w])([a-z]\w*(?=\()|[A-Z]\w*(?=\.))/g) ?? [];

/**
 * A cell of calls, each with what it gives; runs where `image`, `mask` and `table` are.
 *
 * @example
 * functionCell(functions.Labels);
 */
export function functionCell(calls: readonly ApiFunction[]): string {
  const names = [...new Set(calls.flatMap(({ code }) => importedNames(code)))].sort();
  const lines = calls.map(({ code, gives }) => `${code}; // ${gives}`);
  return [
    ...(names.length > 0 ? [`import { ${names.join(", ")} } from "bioengine";`, ""] : []),
    ...lines,
  ].join("\n");
}

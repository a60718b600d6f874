/** What stands in TypeScript for names that whoever knows Python types first. */
const inTypeScript: Readonly<Record<string, string>> = {
  print: "console.log(…)",
  len: "values.length; of an image image.shape[0], of a table table.rowCount",
  range: "for (let i = 0; i < n; i++) { … }",
  enumerate: "for (const [index, value] of values.entries()) { … }",
  zip: "values.map((value, index) => [value, others[index]])",
  sorted: "values.toSorted((a, b) => a - b)",
  None: "null",
  True: "true",
  False: "false",
  str: "String(…)",
  float: 'Number(…); as a dtype "float32"',
  int: 'Math.trunc(…); as a dtype "int32"',
  bool: 'Boolean(…); as a dtype "bool"',
  dict: "{ key: value }",
  np: 'arrays have the methods of NumPy\'s, and zeros, ndarray and more come from "bioengine"',
  pd: 'import { Table, readCsv } from "bioengine";',
  pandas: 'import { Table, readCsv } from "bioengine";',
  scipy: 'import { tTest, mannWhitney, anova, pearson, linearFit } from "bioengine";',
  stats: 'import { tTest, mannWhitney, anova, pearson, linearFit } from "bioengine";',
  plt: 'import { imshow, plot, histogram, scatter, boxplot } from "bioengine";',
  skimage: 'import { regionpropsTable, label, gaussian } from "bioengine";',
};

/** How a name of Python is said in TypeScript, if it is one. */
export function adviseFromPython(name: string): string[] {
  const text = Object.hasOwn(inTypeScript, name) ? inTypeScript[name] : undefined;
  return text === undefined ? [] : [`In TypeScript: ${text}`];
}

const modules = [
  "np numpy skimage scipy ndimage ndi measure filters morphology segmentation feature exposure transform color io util",
  "restoration registration metrics draw plt matplotlib cv2 tifffile imageio stardist cellpose pd pandas stats",
].flatMap((line) => line.split(" "));

/** Whether a name is that of a module of Python which a biologist imports. */
export const isPythonModule = (name: string): boolean => modules.includes(name);

/** In camelCase, as names are here. */
export const camelCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());

/** What others call differently, by what it is called here. */
const otherNames: Readonly<Record<string, string>> = {
  ndarray: "array asarray",
  zeros: "empty zerosLike zeros_like emptyLike",
  concatenate: "vstack",
  imread: "imread_collection load readImage loadImage openTiff read_image load_image",
  imwrite: "imsave save saveImage writeImage save_image",
  imshow: "show random_label_cmap display_image showOverlay overlay plotMask show_mask showMask",
  histogram: "hist plotHistogram",
  plot: "lineplot linePlot line_plot",
  label: "label_image connected_components connectedComponents labelImage",
  mask: "labels masks labelled segmentation",
  dilation: "dilate",
  erosion: "erode",
  opening: "open",
  closing: "close",
  binaryFillHoles: "fill_holes fillHoles",
  thresholdOtsu: "otsu threshold otsuThreshold",
  thresholdMean: "threshold_mean",
  gaussian: "gaussian_filter GaussianBlur gaussian_blur gaussianBlur blur",
  median: "median_filter medianBlur medianFilter",
  distanceTransformEdt: "distance_transform distanceTransform",
  labelToRgb: "label2rgb",
  findContours: "contours getContours outlines",
  polygonToMask: "polygon2mask",
  profileLine: "line_profile lineProfile",
  regionprops: "regions props region_props",
  regionpropsTable: "measure measureObjects measureRegions",
  Table: "DataFrame",
  readCsv: "read_csv",
  disk: "selem structuring_element",
  square: "square_footprint",
  rescaleIntensity: "normalize",
  imgAsFloat: "img_as_float32 img_as_float64 imgAsFloat32 imgAsFloat64",
  matching: "matching_dataset average_precision f1Score f1_score evaluate iou",
  tTest: "ttest_ind ttest ttestInd ttest_rel ttestRel",
  mannWhitney: "mannwhitneyu ranksums",
  anova: "f_oneway fOneway",
  kruskalWallis: "kruskal",
  adjustPValues: "multipletests false_discovery_control falseDiscoveryControl",
  phaseCrossCorrelation: "register_translation registerTranslation",
  structuralSimilarity: "ssim compare_ssim",
  peakSignalNoiseRatio: "psnr compare_psnr",
  graycomatrix: "greycomatrix glcm",
  graycoprops: "greycoprops",
  rgb2hed: "separate_stains separateStains",
  uniformFilter: "box_filter boxFilter mean_filter meanFilter",
  pearson: "pearsonr corrcoef",
  spearman: "spearmanr",
  linearFit: "linregress",
  toGeoJson: "writeGeoJson write_geojson saveGeoJson save_geojson exportGeoJson export_geojson to_geojson",
  segment:
    "predict_instances eval Cellpose CellposeModel StarDist StarDist2D runCellpose runStarDist predict",
};

const namesHere = new Map(
  Object.entries(otherNames).flatMap(([here, others]) => others.split(" ").map((other) => [other, here])),
);

/** SciPy's measures of labels, by the column of the table that has them. */
export const columnOfMeasure: ReadonlyMap<string, string> = new Map([
  ["center_of_mass", "centroid_weighted"],
  ["mean", "intensity_mean"],
  ["maximum", "intensity_max"],
  ["minimum", "intensity_min"],
  ["median", "intensity_median"],
  ["standard_deviation", "intensity_std"],
]);

/** What a function of NumPy's or scikit-image's is called here, if it is here. */
export const nameHere = (name: string): string => namesHere.get(name) ?? camelCase(name);

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
  scipy: 'import { tTest, mannWhitney, pearson, linearFit } from "bioengine";',
  stats: 'import { tTest, mannWhitney, pearson, linearFit } from "bioengine";',
  plt: 'import { imshow, histogram } from "bioengine";',
  skimage: 'import { regionpropsTable, label, gaussian } from "bioengine";',
};

/** How a name of Python is said in TypeScript, if it is one. */
export function adviseFromPython(name: string): string[] {
  const text = Object.hasOwn(inTypeScript, name) ? inTypeScript[name] : undefined;
  return text === undefined ? [] : [`In TypeScript: ${text}`];
}

const modules = [
  ...[
    "np",
    "numpy",
    "skimage",
    "scipy",
    "ndimage",
    "ndi",
    "measure",
    "filters",
    "morphology",
    "segmentation",
  ],
  ...["feature", "exposure", "transform", "color", "io", "util", "restoration", "plt", "matplotlib", "cv2"],
  ...["tifffile", "imageio", "stardist", "cellpose", "pd", "pandas"],
];

/** Whether a name is that of a module of Python which a biologist imports. */
export const isPythonModule = (name: string): boolean => modules.includes(name);

/** In camelCase, as names are here. */
export const camelCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());

/** What others call differently. */
const otherNames: Readonly<Record<string, string>> = {
  ...{ array: "ndarray", asarray: "ndarray", empty: "zeros", vstack: "concatenate" },
  ...{ imsave: "imwrite", imread_collection: "imread", hist: "histogram", show: "imshow", load: "imread" },
  ...{ label_image: "label", connected_components: "label", connectedComponents: "label" },
  ...{
    dilate: "dilation",
    erode: "erosion",
    open: "opening",
    close: "closing",
    fill_holes: "binaryFillHoles",
  },
  ...{ otsu: "thresholdOtsu", threshold: "thresholdOtsu", threshold_mean: "thresholdMean" },
  ...{ gaussian_filter: "gaussian", GaussianBlur: "gaussian", gaussian_blur: "gaussian", blur: "gaussian" },
  ...{ median_filter: "median", medianBlur: "median", distance_transform: "distanceTransformEdt" },
  ...{ label2rgb: "labelToRgb", find_contours: "findBoundaries", mark_boundaries: "findBoundaries" },
  ...{
    regions: "regionprops",
    props: "regionprops",
    region_props: "regionprops",
    measure: "regionpropsTable",
  },
  ...{ random_label_cmap: "imshow", display_image: "imshow", read_csv: "Table", DataFrame: "Table" },
  ...{
    selem: "disk",
    structuring_element: "disk",
    square_footprint: "square",
    img_as_float: "rescaleIntensity",
  },
  ...{
    matching_dataset: "matching",
    average_precision: "matching",
    predict_instances: "segment",
    eval: "segment",
  },
};

/** What a function of NumPy's or scikit-image's is called here, if it is here. */
export const nameHere = (name: string): string =>
  (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined) ?? camelCase(name);

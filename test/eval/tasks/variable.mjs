// Variables that a task's cell finds: their name, the expression that makes them, and what a person would say of them.

const file = (name, path, is, then = "") => ({
  name,
  expression: `(await (await import("bioengine")).imread(${JSON.stringify(path)}))${then}`,
  is,
});

export const nuclei = file("image", "data/img2d.tif", "NdArray [512, 512] uint16, fluorescent nuclei");
export const cells = file(
  "image",
  "data/cells.tif",
  "NdArray [96, 128] uint16, bright cells on a dark ground",
);
export const labels = file(
  "labels",
  "data/labels.tif",
  "NdArray [96, 128] uint16, 12 labelled cells, 0 = background",
);
export const predicted = file(
  "predicted",
  "data/predicted.tif",
  "NdArray [96, 128] uint16, another mask of them",
);
export const touching = file(
  "touching",
  "data/touching.tif",
  "NdArray [80, 120] bool, round cells that touch in pairs; a cell has a radius of 9 pixels",
  ".greater(0)",
);
export const bright = file(
  "bright",
  "data/bright.tif",
  "NdArray [96, 128] bool, true on the cells",
  ".greater(0)",
);
export const stack = file("stack", "data/stack.tif", "NdArray [6, 40, 56] uint16, a z stack of bright balls");
export const calibrated = file(
  "labels",
  "data/calibrated.tif",
  "NdArray [96, 128] uint16, labelled cells; a pixel is 0.5 µm wide and high",
);
export const table = {
  name: "table",
  expression:
    '(await import("bioengine")).regionpropsTable(labels, { image: image, properties: ["label", "area", "eccentricity", "perimeter", "centroid", "intensity_mean"] })',
  is: "Table with a row for each of 12 cells and the columns label, area, eccentricity, perimeter, centroid-0, centroid-1, intensity_mean",
};

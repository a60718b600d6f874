import { between, objects } from "../check.mjs";
import { nuclei } from "./variable.mjs";

const truth = "data/mask2d.tif";

/** How many objects of a mask [512, 512] are in a quarter of it. */
function countIn({ data }, top, left) {
  const isInside = (i) => i >> 9 >= top && i >> 9 < top + 256 && (i & 511) >= left && (i & 511) < left + 256;
  return new Set(data.filter((label, i) => label > 0 && isInside(i))).size;
}

export const segmenting = [
  {
    name: "segment-cellpose",
    prompt: "Segment my nuclei with cellpose. They are about 25 pixels wide. I need the labels as [y, x].",
    variables: [nuclei],
    result: "mask",
    files: [truth],
    check: ({ value, files }) => objects(value, files[truth]),
  },
  {
    name: "segment-stardist",
    prompt: "Segment my nuclei with StarDist. I need the labels as [y, x].",
    variables: [nuclei],
    result: "mask",
    files: [truth],
    check: ({ value, files }) => objects(value, files[truth]),
  },
  {
    name: "segment-count",
    prompt: "How many nuclei are there in my image? Use a neural network.",
    variables: [nuclei],
    result: "count",
    check: ({ value }) => between(value, 105, 140),
  },
  {
    name: "segment-quarters",
    prompt:
      "Cut my image into its four quarters (top left, top right, bottom left, bottom right), segment each with StarDist, and give me the number of nuclei in each, in that order, as an array.",
    variables: [nuclei],
    result: "counts",
    files: [truth],
    check: ({ value, files }) => {
      if (value?.length !== 4) return `it must be four numbers, got ${JSON.stringify(value)?.slice(0, 100)}`;
      for (const [index, count] of value.entries()) {
        const expected = countIn(files[truth], 256 * (index >> 1), 256 * (index & 1));
        const wrong = between(count, 0.8 * expected, 1.2 * expected);
        if (wrong) return `number ${index}: ${wrong}`;
      }
    },
  },
];

import { near } from "../check.mjs";
import { cells, labels, nuclei, predicted } from "./variable.mjs";

const truth = {
  name: "annotation",
  expression: '(await (await import("bioengine")).imread("data/mask2d.tif"))',
  is: "NdArray [512, 512] uint16, its nuclei as experts drew them",
};

export const comparing = [
  {
    name: "compare-f1",
    prompt: "How good is the mask `predicted`, if `labels` is right? I'd like the F1 score at an IoU of 0.5.",
    variables: [labels, predicted],
    result: "score",
    check: ({ value, expected }) => near(value, expected.f1),
  },
];

export const training = [
  {
    name: "train-briefly",
    prompt:
      "Train a cellpose model called mine on my image and its annotation, only one epoch of two steps to see that it works. Then segment the image with it; I need the labels as [y, x].",
    variables: [nuclei, truth],
    result: "mask",
    files: ["home/models/mine"],
    timeoutS: 240,
    check: ({ value, files }) => {
      if (!files["home/models/mine"]) return "there must be a trained model mine";
      if (value?.shape?.join() !== "512,512") return `it must be a mask [512, 512], got [${value?.shape}]`;
      return new Set(value.data).size > 50 ? undefined : "it must have objects";
    },
  },
];

export const showing = [
  {
    name: "show-overlay",
    prompt: "Show me the labels on top of the image.",
    variables: [cells, labels],
    check: ({ outputs }) => {
      const shown = outputs.map(({ data }) => data?.["application/vnd.bioengine.mask+json"]).find(Boolean);
      if (!shown) return "a mask must be shown";
      if (shown.count !== 12) return `12 cells must be shown, got ${shown.count}`;
      return shown.image ? undefined : "the image must be under the mask";
    },
  },
];

import { foreground, near, pixels } from "../check.mjs";
import { bright, cells, touching } from "./variable.mjs";

export const thresholds = [
  {
    name: "threshold-fraction",
    prompt: "Which fraction of my image (0 to 1) is brighter than Otsu's threshold?",
    variables: [cells],
    result: "fraction",
    check: ({ value, expected }) => near(value, expected.fraction, 1e-6),
  },
  {
    name: "threshold-count",
    prompt:
      "Blur my image with a Gaussian (sigma 1), threshold it with Otsu's method, and count the connected bright regions.",
    variables: [cells],
    result: "count",
    check: ({ value, expected }) => near(value, expected.smoothCount, 0),
  },
  {
    name: "threshold-watershed",
    prompt:
      "The cells in my binary mask touch. Separate them with a distance transform and a watershed, into labels.",
    variables: [touching],
    result: "parted",
    check: ({ value, expected }) => {
      const count = new Set(value?.data ?? []).size - 1;
      if (count !== 12) return `it must have 12 cells, got ${count}`;
      const covered = foreground(value).data.reduce((sum, one) => sum + one, 0);
      return near(covered, expected.touchingPixels, 0);
    },
  },
  {
    name: "threshold-clean",
    prompt: "Clean my binary mask: fill holes of up to 20 pixels, then remove specks of up to 20 pixels.",
    variables: [bright],
    result: "clean",
    check: ({ value, expected }) => pixels(value, expected.clean),
  },
];

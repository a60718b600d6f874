import { near, pixels } from "../check.mjs";
import { cells } from "./variable.mjs";

export const reading = [
  {
    name: "read-average",
    prompt: "Open the image data/cells.tif and tell me how bright it is on average.",
    result: "average",
    check: ({ value, expected }) => near(value, expected.average),
  },
  {
    name: "read-green",
    prompt: "data/stain.tif is a colour image. I only need its green channel.",
    result: "green",
    check: ({ value, expected }) => pixels(value, expected.green),
  },
  {
    name: "read-crop",
    prompt: "Cut out rows 20 to 59 and columns 30 to 89 of my image (counted from 0).",
    variables: [cells],
    result: "crop",
    check: ({ value, expected }) => pixels(value, expected.crop),
  },
];

import { foreground, pixels } from "../check.mjs";
import { labels } from "./variable.mjs";

export const masks = [
  {
    name: "mask-whole",
    prompt: "Remove the cells that the edge of the image cuts off. The others keep their labels.",
    variables: [labels],
    result: "whole",
    check: ({ value, expected }) => pixels(value, expected.whole),
  },
  {
    name: "mask-large",
    prompt: "Make a mask with only the cells whose area is above 140 pixels.",
    variables: [labels],
    result: "kept",
    check: ({ value, expected }) => pixels(foreground(value), expected.kept),
  },
  {
    name: "mask-grown",
    prompt: "Grow each cell by 2 pixels, without letting them run into each other.",
    variables: [labels],
    result: "grown",
    check: ({ value, expected }) => pixels(value, expected.grown),
  },
];

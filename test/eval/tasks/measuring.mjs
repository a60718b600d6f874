import { near, numbers } from "../check.mjs";
import { calibrated, cells, labels } from "./variable.mjs";

export const measuring = [
  {
    name: "measure-largest",
    prompt: "What is the area of the largest cell, in pixels?",
    variables: [labels],
    result: "largest",
    check: ({ value, expected }) => near(value, expected.largest, 0),
  },
  {
    name: "measure-intensities",
    prompt: "How bright is each cell on average? Give me the numbers in the order of the labels.",
    variables: [cells, labels],
    result: "intensities",
    check: ({ value, expected }) => numbers(value, expected.intensities),
  },
  {
    name: "measure-centre",
    prompt: "Where is the centre of the cell with label 3? Give me [y, x].",
    variables: [labels],
    result: "centre",
    check: ({ value, expected }) => numbers(value, expected.centre),
  },
  {
    name: "measure-micrometres",
    prompt: "What area do the cells cover together, in µm²?",
    variables: [calibrated],
    result: "total",
    check: ({ value, expected }) => near(value, expected.micrometres),
  },
];

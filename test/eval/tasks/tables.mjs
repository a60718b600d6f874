import { near, numbers } from "../check.mjs";
import { cells, labels, table } from "./variable.mjs";

const variables = [cells, labels, table];

export const tables = [
  {
    name: "table-large",
    prompt: "Keep only the rows of my table with an area above 140, as a new table.",
    variables,
    result: "large",
    check: ({ value, expected }) =>
      value?.kind === "table" ? numbers(value.columns.label, expected.large) : "it must be a table",
  },
  {
    name: "table-elongated",
    prompt:
      "Which three cells are the most elongated? Give me their labels, the most elongated first, as an array.",
    variables,
    result: "elongated",
    check: ({ value, expected }) => numbers(value, expected.elongated),
  },
  {
    name: "table-average",
    prompt: "What is the average area of the cells in my table?",
    variables,
    result: "average",
    check: ({ value, expected }) => near(value, expected.averageArea),
  },
  {
    name: "table-roundness",
    prompt: "Compute the circularity 4π · area / perimeter² of each row of my table, as an array.",
    variables,
    result: "roundness",
    check: ({ value, expected }) => numbers(value, expected.roundness),
  },
];

import { near, pixels } from "../check.mjs";
import { stack } from "./variable.mjs";

export const stacks = [
  {
    name: "stack-projection",
    prompt: "Make the maximum projection of my stack along z.",
    variables: [stack],
    result: "projection",
    check: ({ value, expected }) => pixels(value, expected.projection),
  },
  {
    name: "stack-count",
    prompt: "How many balls are in my stack? They are brighter than 110; a ball goes through several planes.",
    variables: [stack],
    result: "count",
    check: ({ value, expected }) => near(value, expected.balls, 0),
  },
];

import { masks } from "./masks.mjs";
import { measuring } from "./measuring.mjs";
import { comparing, showing, training } from "./networks.mjs";
import { reading } from "./reading.mjs";
import { saving } from "./saving.mjs";
import { segmenting } from "./segmenting.mjs";
import { stacks } from "./stacks.mjs";
import { tables } from "./tables.mjs";
import { thresholds } from "./thresholds.mjs";

const groups = {
  reading,
  segmenting,
  thresholds,
  measuring,
  tables,
  masks,
  saving,
  stacks,
  comparing,
  training,
  showing,
};

/**
 * All tasks, each with its group.
 *
 * A task has a `name`, a `prompt` as a biologist would write it, the `variables` that its cell finds, the variable that
 * the `result` is to be in, the `files` that the check wants to see, and a `check`, which is given `{ value, files,
 * outputs, expected }` and returns what is wrong.
 */
export const tasks = Object.entries(groups).flatMap(([group, list]) =>
  list.map((task) => ({ variables: [], files: [], timeoutS: 60, ...task, group })),
);

/** What a model is asked: the task, what there is, and where the answer goes. */
export function promptOf({ prompt, variables, result }) {
  const there = variables.map(({ name, is }) => `- \`${name}\`: ${is}`).join("\n");
  return [
    prompt,
    ...(there ? [`These variables of earlier cells are there:\n${there}`] : []),
    ...(result ? [`Leave the result in a variable \`${result}\`.`] : []),
  ].join("\n\n");
}

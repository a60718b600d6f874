// Whether answers of code models run and are right: see README.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { installRequirements } from "../environment.mjs";
import { readAnswers } from "./answers.mjs";
import { askAll } from "./ask.mjs";
import { report } from "./report.mjs";
import { runAnswers } from "./run.mjs";
import { tasks as allTasks } from "./tasks/index.mjs";

const usage = `Usage: npm run eval -- [--answers FOLDER]… [options]

Runs recorded answers, one cell for each task, in the real kernel, checks what they leave, and prints how many pass.

  --answers FOLDER       with <task>.ts or <task>.md each, also in subfolders; default: the two sets of the repository
  --tasks NAMES          only these, with commas between
  --ask URL              first ask a model, at an OpenAI-compatible endpoint such as http://127.0.0.1:11434/v1, with and
                         without the instructions, and save its answers to --answers
  --model NAME           the model to ask
  --samples N            how often each task is asked, default 1
  --key-variable NAME    the environment variable with the key, default OPENAI_API_KEY
  --messages             print what is wrong with each answer, too`;

const root = join(import.meta.dirname, "../..");
const work = join(root, "test/output/eval");

async function main() {
  const { values } = parseArgs({
    options: {
      answers: { type: "string", multiple: true },
      tasks: { type: "string" },
      ask: { type: "string" },
      model: { type: "string" },
      samples: { type: "string", default: "1" },
      "key-variable": { type: "string", default: "OPENAI_API_KEY" },
      messages: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const known = new Map(allTasks.map((task) => [task.name, task]));
  const names = values.tasks?.split(",") ?? [...known.keys()];
  const unknown = names.find((name) => !known.has(name));
  if (unknown)
    throw new RangeError(
      `Cannot evaluate: --tasks must be among ${[...known.keys()].join(", ")}, got ${unknown}`,
    );
  const tasks = new Map([...known].filter(([name]) => names.includes(name)));

  if (values.ask !== undefined) {
    const samples = Number(values.samples);
    await askAll([...tasks.values()], {
      endpoint: values.ask,
      model: values.model,
      samples,
      key: process.env[values["key-variable"]],
      folder: values.answers?.[0],
      onAnswer: (path) => console.log(`answered: ${path}`),
    });
  }

  const folders = values.answers ?? ["reference", "naive"].map((set) => join(import.meta.dirname, set));
  const answers = folders.flatMap((folder) => readAnswers(folder, tasks));
  for (const answer of answers) answer.set = relative(process.cwd(), answer.set) || answer.set;
  const { setUpLaboratory } = await import(join(root, "packages/bioengine/dist/command/lab.js"));
  const { environment } = await setUpLaboratory(join(root, "notebooks"));
  installRequirements(environment, "test/requirements.txt");
  const onOutcome = ({ set, sample, task, outcome, message }) => {
    console.log(`${outcome}: ${task} (${set}${sample === "1" ? "" : `, ${sample}`})`);
    if (values.messages && message) console.log(message.replace(/^/gm, "    "));
  };
  const judged = await runAnswers(answers, tasks, { python: environment.python, work, onOutcome });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "outcomes.json"), JSON.stringify(judged, null, 2));
  console.log(`\n${report(judged, tasks)}`);
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

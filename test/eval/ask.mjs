// Asks a model, at an endpoint that speaks OpenAI's chat completions, for the tasks' cells.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codexInstructions } from "@bioengine/codex";
import { promptOf } from "./tasks/index.mjs";

const role =
  "You write cells of a Jupyter notebook in TypeScript for a biologist. The npm package bioengine, which segments and measures microscopy images, is installed. Answer with one cell in a block of code that begins with ```ts.";

/** What the model is told before the task, for each set of answers. */
const systems = { with: () => `${role}\n\n${codexInstructions()}`, without: () => role };

async function ask(messages, { endpoint, model, key }) {
  const url = `${endpoint.replace(/\/+$/, "")}/chat/completions`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, messages }),
  });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(
      `Cannot ask ${model}: POST ${url} must answer 200, got ${response.status} ${body.slice(0, 500)}`,
    );
  }
  const content = JSON.parse(body).choices?.[0]?.message?.content;
  if (typeof content !== "string") {
    throw new Error(
      `Cannot ask ${model}: the answer must hold choices[0].message.content, got ${body.slice(0, 500)}`,
    );
  }
  return content;
}

/**
 * Ask for every task, with and without the instructions, and save each answer as `<folder>/<set>/<sample>/<task>.md`.
 *
 * @param endpoint e.g. `http://127.0.0.1:11434/v1`
 * @param key sent as a bearer token, if there is one
 * @param samples how often each task is asked
 * @param onAnswer called with each file that was written
 * @throws {Error} if the endpoint can't be reached, or answers anything else than an answer
 */
export async function askAll(tasks, { folder, samples, onAnswer, ...model }) {
  if (!folder) throw new TypeError("Cannot ask: --answers must name the folder for the answers, got none");
  if (!model.model) throw new TypeError("Cannot ask: --model must name the model, got none");
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`Cannot ask: --samples must be a whole number from 1, got ${samples}`);
  }
  for (const [set, system] of Object.entries(systems)) {
    for (let sample = 1; sample <= samples; sample++) {
      for (const task of tasks) {
        const messages = [
          { role: "system", content: system() },
          { role: "user", content: promptOf(task) },
        ];
        const answer = await ask(messages, model);
        const path = join(folder, set, String(sample), `${task.name}.md`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, answer);
        onAnswer(path);
      }
    }
  }
}

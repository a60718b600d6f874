// Runs answers in the real kernel, and checks what they leave.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { errorClassOf } from "./errorclass.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const expected = JSON.parse(readFileSync(join(here, "expected.json"), "utf8"));

/** A cell that writes what is in a variable to a file: arrays and tables as plain data. */
const resultCell = (name) => `await (async (value: any) => {
  const { writeFile } = await import("node:fs/promises");
  const { NdArray, Table } = await import("bioengine");
  const numbers = (data: any) => Array.from(data, (one) => (typeof one === "string" ? one : Number(one)));
  // Of the value itself: arrays and tables have a JSON of their own.
  const plain = function (this: any, key: string): any {
    const one = this[key];
    if (one instanceof NdArray) return { kind: "array", shape: one.shape, dtype: one.dtype, data: numbers(one.data) };
    if (one instanceof Table) {
      const columns = one.columnNames.map((column) => [column, numbers(one.column(column))]);
      return { kind: "table", columns: Object.fromEntries(columns) };
    }
    if (ArrayBuffer.isView(one)) return numbers(one);
    return typeof one === "bigint" ? Number(one) : one;
  };
  await writeFile("result.json", JSON.stringify({ value }, plain));
})(${name});`;

/** What is wrong with what a cell that ran has left. */
function faultOf(task, outputs, files) {
  const { value } = JSON.parse(files["result.json"] ?? "{}");
  if (task.result && value === undefined) return `there must be a variable ${task.result} with the result`;
  return task.check({ value, files, outputs, expected });
}

function judge(task, [setUp, outputs], files) {
  const broken = setUp.find(({ output_type: type }) => type === "error");
  if (broken) throw new Error(`The variables of ${task.name} can't be made: ${broken.evalue}`);
  const error = outputs.find(({ output_type: type }) => type === "error");
  if (error) return { outcome: errorClassOf(error), message: error.traceback.join("\n") || error.ename };
  const fault = faultOf(task, outputs, files);
  return fault ? { outcome: "ran but wrong", message: fault } : { outcome: "passed" };
}

/**
 * Run answers, and judge each.
 *
 * @param answers as `readAnswers` gives them
 * @param tasks by name
 * @param python of the environment with the kernel
 * @param work a folder, emptied first, in which each answer gets its own
 * @param onOutcome called as each is known
 * @returns the answers with their `outcome`, "passed" or a class of errors, and its `message`
 */
export async function runAnswers(answers, tasks, { python, work, onOutcome }) {
  rmSync(work, { recursive: true, force: true });
  const judged = answers
    .filter(({ code }) => code === undefined)
    .map((answer) => ({ ...answer, outcome: "no code" }));
  judged.forEach(onOutcome);
  const runs = answers.flatMap(({ task, code }, id) => {
    if (code === undefined) return [];
    const { variables, result, files, timeoutS } = tasks.get(task);
    const folder = join(work, String(id));
    mkdirSync(folder, { recursive: true });
    for (const data of [join(root, "notebooks/data"), join(here, "data")]) {
      cpSync(data, join(folder, "data"), { recursive: true });
    }
    const setUp = variables.map(({ name, expression }) => `const ${name} = ${expression};`).join("\n");
    const cells = [setUp, code, ...(result ? [resultCell(result)] : [])];
    return [{ id, folder, cells, timeoutS, files: [...files, "result.json"] }];
  });
  const child = spawn(python, [join(here, "cells.py")], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ runs }));
  const ended = new Promise((resolve) => child.on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { id, outputs, files } = JSON.parse(line);
    const answer = answers[id];
    judged.push({ ...answer, ...judge(tasks.get(answer.task), outputs, files) });
    onOutcome(judged.at(-1));
  }
  const code = await ended;
  if (code !== 0)
    throw new Error(`Cannot run the answers: ${python} must run cells.py to its end, got exit code ${code}`);
  return judged;
}

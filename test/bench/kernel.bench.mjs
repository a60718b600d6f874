// The kernel beside unmodified tslab and Deno, all through jupyter_client, in one run.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUpKernels } from "./kernel/kernels.mjs";
import { ms } from "./timing.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "kernel");
const own = "bioengine";

const duration = (value) => (value < 10_000 ? ms(value) : `${(value / 1000).toFixed(1)} s`);

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log(["", line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n"));
}

/** A row of times, the others' with how many times as long as ours they take. */
function timesRow(name, times, kernels) {
  const cells = kernels.map((kernel) => {
    const time = times[kernel];
    if (time === null || time === undefined) return "no";
    const ratio = kernel === own || !times[own] ? "" : `: ${(time / times[own]).toFixed(1)} ×`;
    return `${duration(time)}${ratio}`;
  });
  return [name, ...cells];
}

const pick = (figures, field) =>
  Object.fromEntries(Object.entries(figures).map(([kernel, figure]) => [kernel, figure?.[field] ?? null]));

function printFigures(figures, tests, titles) {
  const kernels = Object.keys(titles);
  const row = (name, times) => timesRow(name, times, kernels);
  table(
    ["time, median", ...Object.values(titles)],
    [
      row("start of the process to the first result", pick(figures.start, "median")),
      row("the same, importing lodash", pick(figures.import, "median")),
      row("a cell, of 50", pick(figures.cell, "median")),
      row("a cell, 95 %", pick(figures.cell, "high")),
      row("completion", pick(figures.complete, "median")),
      row("inspection", pick(figures.inspect, "median")),
      row("50,000 lines of output", pick(figures.lines, "ms")),
      row("50 MB of output", pick(figures.megabytes, "ms")),
    ],
  );
  const stop = ({ ms: time, isKept }) => {
    if (time === null) return "not in 5 s";
    return `${duration(time)}${isKept ? "" : ", variables lost"}`;
  };
  const kinds = Object.keys(figures.interrupt[own]);
  table(
    ["interrupt of", ...Object.values(titles)],
    kinds.map((kind) => [kind, ...kernels.map((kernel) => stop(figures.interrupt[kernel][kind]))]),
  );
  const suite = ({ passed, failed, skipped }) => `${passed}, ${failed} failed, ${skipped} skipped`;
  table(
    ["", ...Object.values(titles)],
    [
      ["lines received of 50,000", ...kernels.map((kernel) => figures.lines[kernel].received)],
      ["MB received of 50", ...kernels.map((kernel) => figures.megabytes[kernel].received.toFixed(0))],
      ["passed of Jupyter's own 12 kernel tests", ...kernels.map((kernel) => suite(tests[kernel]))],
    ],
  );
}

export async function bench() {
  const { python, env, notebook, titles } = await setUpKernels();
  const kernels = Object.keys(titles);
  const ask = (script, ...args) => {
    const { status, stdout, error } = spawnSync(python, [join(folder, script), ...args], {
      cwd: notebook,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (error || status !== 0) throw new Error(`${script} must run, got ${error ?? `exit code ${status}`}`);
    return JSON.parse(stdout);
  };
  try {
    const figures = ask("measure.py", notebook, ...kernels);
    const tests = Object.fromEntries(kernels.map((kernel) => [kernel, ask("kernel_test.py", kernel)]));
    printFigures(figures, tests, titles);
    const abilities = ask("probes.py", notebook, ...kernels);
    table(
      ["what works", ...Object.values(titles)],
      Object.entries(abilities).map(([title, works]) => [
        title,
        ...kernels.map((kernel) => (works[kernel] ? "yes" : "no")),
      ]),
    );
  } finally {
    rmSync(notebook, { recursive: true, force: true });
  }
}

// What a person waits for in a large table: sorting, filtering and the figures of a column, 50,000 rows.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { median, ms, timed } from "./timing.mjs";

const sources = fileURLToPath(new URL("../../labextension/src", import.meta.url));
const rows = 50_000;

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function bench() {
  const load = async (name) => (await runnerImport(join(sources, `${name}.ts`))).module;
  const { sortOrder } = await load("sortorder");
  const { columnNumbers } = await load("columnnumbers");
  const { columnStatistics } = await load("columnstatistics");
  const { passing } = await load("rowfilter");
  const random = seeded(1);
  const cells = (make) => Array.from({ length: rows }, make);
  const area = { name: "area", dtype: "float64", values: cells(() => 500 * random()) };
  const well = { name: "well", dtype: "string", values: cells(() => `well ${Math.floor(96 * random())}`) };
  const file = { name: "file", dtype: "string", values: cells(() => `cell ${Math.floor(1e6 * random())}`) };
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const tasks = {
    "sort numbers": () => sortOrder(area, "ascending"),
    "sort 96 words": () => sortOrder(well, "ascending"),
    "sort 50,000 words": () => sortOrder(file, "descending"),
    "filter by a range": () => passing(area, { from: 100, to: 200 }),
    "filter by a text": () => passing(file, { text: "77" }),
    "statistics of a column": () => columnStatistics(columnNumbers(area), all),
  };
  for (const [name, task] of Object.entries(tasks))
    console.log(`${name}: ${ms(median(await timed(task)))} (${rows} rows)`);
}

// Images of growing size through the embedded engine: seconds, seconds per megapixel, memory of the engine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execute, getConfig, imread, ndarray } from "bioengine";

const root = join(fileURLToPath(import.meta.url), "../../..");
const sides = [1024, 2048, 4096, 10000];

/** The image mirrored and repeated to a square. */
function mosaic(image, side, Values) {
  const { data, shape } = image;
  const at = (position, length) => {
    const inPeriod = position % (2 * length);
    return inPeriod < length ? inPeriod : 2 * length - 1 - inPeriod;
  };
  const columns = Int32Array.from({ length: side }, (_, x) => at(x, shape[1]));
  const values = new Values(side * side);
  for (let y = 0, pixel = 0; y < side; y++) {
    const row = at(y, shape[0]) * shape[1];
    for (let x = 0; x < side; x++, pixel++) values[pixel] = data[row + columns[x]];
  }
  return ndarray(values, [side, side]);
}

/** The child processes of this one: the engine, and the most memory in MB that it has had. */
function engines() {
  if (process.platform !== "linux") return [];
  const ids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean);
  return ids.map((id) => {
    const [, kilobytes] = readFileSync(`/proc/${id}/status`, "utf8").match(/VmHWM:\s+(\d+)/);
    return { id: Number(id), megabytes: Number(kilobytes) / 1000 };
  });
}

/** End the engine, so that the next call starts another, whose memory is fresh. */
async function endEngine() {
  for (const { id } of engines()) process.kill(id);
  while (engines().length > 0) await setTimeout(100);
}

export async function bench() {
  const image = await imread(join(root, "notebooks/data/img2d.tif"));
  console.log("| model | side | objects | s | s per megapixel | engine's memory, MB | image + mask, MB |");
  console.log("|---|---|---|---|---|---|---|");
  for (const modelName of ["cellpose-python", "stardist"]) {
    const isCellpose = modelName === "cellpose-python";
    await endEngine();
    await getConfig({ modelName });
    for (const side of sides) {
      const big = mosaic(image, side, isCellpose ? Float32Array : Uint16Array);
      const inputs = isCellpose ? [big.expandDims(0), { diameter: 24 }] : [big, {}];
      const parts = new Set();
      const started = performance.now();
      const onProgress = ({ phase, loaded }) => {
        if (phase === "running") parts.add(loaded);
      };
      const { mask, info } = await execute({ inputs, modelName, decodeJson: true, onProgress });
      const seconds = (performance.now() - started) / 1000;
      const megapixels = side ** 2 / 1e6;
      const [memory = "?"] = engines().map(({ megabytes }) => megabytes.toFixed(0));
      const carried = (big.data.byteLength + mask.data.byteLength) / 1e6;
      console.log(
        `| ${modelName} | ${side} | ${info[0].count} | ${seconds.toFixed(1)} | ${(seconds / megapixels).toFixed(2)} | ${memory} | ${carried.toFixed(0)} |`,
      );
    }
  }
}

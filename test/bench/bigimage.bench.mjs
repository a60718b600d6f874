// Images of growing size through the embedded engine: seconds, seconds per megapixel, memory of the engine.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/** Largest memory that a child process of this one has had, in MB. */
function largestChildMegabytes() {
  const sizes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        const status = readFileSync(`/proc/${id}/status`, "utf8");
        const [, parent] = status.match(/PPid:\s+(\d+)/);
        return Number(parent) === process.pid ? Number(status.match(/VmHWM:\s+(\d+)/)[1]) / 1000 : 0;
      } catch {
        return 0;
      }
    });
  return Math.max(...sizes);
}

export async function bench() {
  const image = await imread(join(root, "notebooks/data/img2d.tif"));
  await getConfig({ modelName: "stardist" });
  console.log("| model | side | objects | s | s per megapixel | engine's memory, MB | image + mask, MB |");
  console.log("|---|---|---|---|---|---|---|");
  for (const modelName of ["cellpose-python", "stardist"]) {
    const isCellpose = modelName === "cellpose-python";
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
      const memory = process.platform === "linux" ? largestChildMegabytes().toFixed(0) : "?";
      const carried = (big.data.byteLength + mask.data.byteLength) / 1e6;
      console.log(
        `| ${modelName} | ${side} | ${info[0].count} | ${seconds.toFixed(1)} | ${(seconds / megapixels).toFixed(2)} | ${memory} | ${carried.toFixed(0)} |`,
      );
    }
  }
}

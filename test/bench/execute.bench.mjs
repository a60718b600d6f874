// What a notebook user waits for: the first call (the engine starts and loads the model), and the later ones.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ms } from "./timing.mjs";

const root = join(fileURLToPath(import.meta.url), "../../..");

const program = (modelName) => `
const { execute, imread } = require("bioengine");
(async () => {
  const image = await imread("notebooks/data/img2d.tif");
  const inputs = ${modelName === "stardist" ? "[image, {}]" : '[image.expandDims(0).astype("float32"), { diameter: 24 }]'};
  const times = [];
  for (let call = 0; call < 6; call++) {
    const started = performance.now();
    await execute({ inputs, modelName: "${modelName}" });
    times.push(performance.now() - started);
  }
  console.log(JSON.stringify(times));
})();`;

export async function bench() {
  console.log("A 512 × 512 image of nuclei, embedded engine, median of 3 processes:");
  for (const modelName of ["cellpose-python", "stardist"]) {
    const processes = [1, 2, 3].map(() => {
      const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program(modelName)], {
        cwd: root,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    });
    const first = median(processes.map(([time]) => time));
    const later = median(processes.flatMap(([, ...times]) => times));
    console.log(`${modelName}: first execute ${ms(first)}, later execute ${ms(later)}`);
  }
}

// regionpropsTable against scikit-image's regionprops_table: same masks, same properties, in turn.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { imread, regionpropsTable } from "bioengine";
import { median, ms } from "./timing.mjs";

const root = join(fileURLToPath(import.meta.url), "../../..");
const data = join(root, "notebooks/data");
const sets = {
  basic: ["label", "area", "bbox", "centroid"],
  shape: [
    ...["label", "area", "bbox", "centroid", "axis_major_length", "axis_minor_length", "eccentricity"],
    ...["orientation", "perimeter", "solidity", "equivalent_diameter_area", "extent"],
  ],
  intensity: ["label", "area", "intensity_mean", "intensity_min", "intensity_max", "intensity_std"],
};
const runs = 25;

const scikit = `
import json, sys, time
import tifffile
from skimage.measure import regionprops_table
image, mask = (tifffile.imread(path) for path in sys.argv[1:])
for line in sys.stdin:
    properties = json.loads(line)
    started = time.perf_counter()
    regionprops_table(mask, image, properties=properties)
    print((time.perf_counter() - started) * 1000, flush=True)
`;

export async function bench() {
  const [image, mask] = await Promise.all(
    ["img2d.tif", "mask2d.tif"].map((name) => imread(join(data, name))),
  );
  const paths = ["img2d.tif", "mask2d.tif"].map((name) => join(data, name));
  const peer = spawn(join(root, ".venv/bin/python"), ["-c", scikit, ...paths], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface(peer.stdout)[Symbol.asyncIterator]();
  console.log(
    `${regionpropsTable(mask).rowCount} nuclei in 512 × 512 pixels, median of ${runs} runs in turn:`,
  );
  for (const [name, properties] of Object.entries(sets)) {
    const [ours, theirs] = [[], []];
    for (let run = -1; run < runs; run++) {
      const started = performance.now();
      regionpropsTable(mask, { image, properties });
      const own = performance.now() - started;
      peer.stdin.write(`${JSON.stringify(properties)}\n`);
      const { value } = await answers.next();
      if (run < 0) continue;
      ours.push(own);
      theirs.push(Number(value));
    }
    const [a, b] = [median(ours), median(theirs)];
    console.log(`${name}: bioengine ${ms(a)}, scikit-image ${ms(b)}, ratio ${(b / a).toFixed(1)}×`);
  }
  peer.stdin.end();
}

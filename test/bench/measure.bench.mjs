// regionpropsTable and label beside scikit-image, connected-components-3d, OpenCV and Nyxus: same data, in turn.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { imread, label, regionpropsTable } from "bioengine";
import { setUpEnvironment } from "../environment.mjs";
import { drawCells, tiled } from "./measure/cells.mjs";
import { timesOf } from "./measure/times.mjs";
import { median, ms } from "./timing.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const data = join(here, "../../notebooks/data");
const cheap = ["label", "area", "bbox", "centroid"];
const shape = [
  ...[...cheap, "axis_major_length", "axis_minor_length", "eccentricity", "orientation", "perimeter"],
  ...["solidity", "equivalent_diameter_area", "extent", "area_convex", "area_filled", "euler_number"],
  ...["feret_diameter_max", "perimeter_crofton"],
];
const all = [
  ...[
    ...shape,
    "num_pixels",
    "area_bbox",
    "centroid_local",
    "moments",
    "moments_central",
    "moments_normalized",
  ],
  ...["moments_hu", "inertia_tensor", "inertia_tensor_eigvals", "intensity_max", "intensity_mean"],
  ...["intensity_median", "intensity_min", "intensity_std", "centroid_weighted", "centroid_weighted_local"],
  ...["moments_weighted", "moments_weighted_central", "moments_weighted_normalized", "moments_weighted_hu"],
];
const sets = { cheap, shape, "all, with an image": all };

/** Starts peer.py, which times one call a line. */
function startPeer(python) {
  const child = spawn(python, [join(here, "measure/peer.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value } = await answers.next();
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}

const medianOf = (times) => ({
  wall: median(times.map(({ wall }) => wall)),
  processor: median(times.map(({ processor }) => processor)),
});

/**
 * Medians of both in turn, at least nine rounds and as many as take so many seconds: what else the machine does meets
 * short calls harder. `missing` if the peer isn't there.
 */
async function rounds(ownTimes, peerTimes, seconds) {
  const [ours, theirs] = [[], []];
  const started = performance.now();
  while (ours.length < 9 || (ours.length < 51 && performance.now() - started < 1000 * seconds)) {
    ours.push(ownTimes());
    const answer = await peerTimes();
    if (answer.missing) return answer;
    theirs.push(answer);
  }
  return { ours: medianOf(ours), theirs: medianOf(theirs), count: ours.length };
}

/** Times of both when both are warm. */
async function inTurn(work, peer, task) {
  // Until V8 has compiled it all; its threads would count as ours.
  for (let call = 0; call < 20; call++) work();
  await peer.ask(task);
  return rounds(
    () => timesOf(work),
    () => peer.ask(task),
    5,
  );
}

/** Times of the first call of a process, in processes of their own. */
const firstCalls = (python, task) =>
  rounds(
    () => JSON.parse(execFileSync(process.execPath, [join(here, "measure/first.mjs"), JSON.stringify(task)])),
    async () => {
      const fresh = startPeer(python);
      const times = await fresh.ask(task);
      fresh.stop();
      return times;
    },
    15,
  );

function print(title, peerName, { ours, theirs, count, missing }) {
  const ratio = (clock) => `${(theirs[clock] / ours[clock]).toFixed(1)} ×`;
  const figures = missing
    ? `${peerName} isn't there: ${missing}`
    : `bioengine ${ms(ours.wall)}, ${peerName} ${ms(theirs.wall)}: ${ratio("wall")}; processor ${ratio("processor")} (of ${count})`;
  console.log(`${title.padEnd(31)} ${figures}`);
}

/** Each set's first call of a process, and then warm ones. */
async function compareTables(python, peer, { labels, image, task }) {
  console.log(`\n${regionpropsTable(labels).rowCount} cells in ${task.size}², ${labels.dtype}; medians:`);
  for (const [name, properties] of Object.entries(sets)) {
    const measure = { ...task, package: "skimage.measure", call: "table", properties };
    print(`${name}: first call`, "scikit-image", await firstCalls(python, measure));
    const work = () => regionpropsTable(labels, { image, properties });
    print(`${name}: warm`, "scikit-image", await inTurn(work, peer, measure));
  }
}

async function compareOthers(peer, { labels, image, task }) {
  console.log("\nThe same cells by others, each with the properties that it has:");
  const statistics = { ...task, package: "cc3d", call: "table" };
  const few = () => regionpropsTable(labels, { properties: cheap });
  print("cheap", "cc3d.statistics", await inTurn(few, peer, statistics));
  const morphology = { ...task, package: "nyxus", call: "table", properties: ["*ALL_MORPHOLOGY*"] };
  const many = () => regionpropsTable(labels, { image, properties: shape });
  print("shape", "Nyxus, *ALL_MORPHOLOGY*", await inTurn(many, peer, morphology));
}

async function compareLabel(peer, { mask, task }) {
  console.log(`\nlabel of ${task.size}² pixels, neighbours over corners:`);
  for (const [name, of] of Object.entries(mask)) {
    for (const [title, module] of [
      ["connected-components-3d", "cc3d"],
      ["OpenCV", "cv2"],
      ["scikit-image", "skimage.measure"],
    ]) {
      const labelling = {
        size: task.size,
        labels: of.path,
        labelType: of.type,
        package: module,
        call: "label",
      };
      print(name, title, await inTurn(() => label(of.array), peer, labelling));
    }
  }
}

function printScaling({ labels }) {
  console.log("\nTime of a pixel, shape set:");
  for (const times of [1, 2, 4, 8]) {
    const field = times === 1 ? labels : tiled(labels, times);
    const runs = Array.from({ length: 3 }, () =>
      timesOf(() => regionpropsTable(field, { properties: shape })),
    );
    const { wall, processor } = medianOf(runs);
    const perPixel = (milliseconds) => `${((milliseconds * 1e6) / field.size).toFixed(2)} ns`;
    console.log(`${field.shape[0]}²: ${perPixel(wall)}, of the processor ${perPixel(processor)}`);
  }
}

export async function bench() {
  const { python } = setUpEnvironment("bench-measure", "test/bench/measure/requirements.txt");
  const folder = mkdtempSync(join(tmpdir(), "bench-measure-"));
  const saved = (name, array) => {
    const path = join(folder, name);
    writeFileSync(path, array.data);
    return path;
  };
  const fieldOf = (name, labels, image) => ({
    labels,
    image,
    task: {
      size: labels.shape[0],
      labels: saved(`${name}.labels`, labels),
      labelType: labels.dtype,
      image: saved(`${name}.image`, image),
    },
  });
  const peer = startPeer(python);
  console.log(`${cpus().length} processors, on average ${loadavg()[0].toFixed(1)} of them wanted`);
  try {
    const [image, mask] = await Promise.all(
      ["img2d.tif", "mask2d.tif"].map((name) => imread(join(data, name))),
    );
    const cells = drawCells(2048);
    const field = fieldOf("cells", cells.labels, cells.image);
    await compareTables(python, peer, fieldOf("nuclei", mask, image));
    await compareTables(python, peer, field);
    await compareOthers(peer, field);
    const masks = { cells: cells.labels.greater(0), "cells in noise": cells.image.greater(400) };
    const entries = Object.entries(masks).map(([name, array]) => [
      name,
      { array, path: saved(name, array), type: "bool" },
    ]);
    await compareLabel(peer, { mask: Object.fromEntries(entries), task: field.task });
    printScaling(field);
  } finally {
    peer.stop();
    rmSync(folder, { recursive: true });
  }
}

// How well the models find objects: F1 and average precision over all objects of a folder of annotated images.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, parse } from "node:path";
import { parseArgs } from "node:util";
import { imread, matching, segment } from "bioengine";

const usage = `Usage: npm run accuracy -- FOLDER [options]

FOLDER holds images/ and labels/ with one file of the same name (any extension) in both: an image, and its objects
numbered from 1. With a table index.csv (columns id, the file's name without its extension, and kind) each kind has a
row of its own. Colour images are averaged to grey.

  --model NAME         default: cellpose-python and stardist
  --parameters JSON    the model's, e.g. '{"diameter": 30}'
  --true-diameter      give cellpose each image's own diameter, the column median_diam of index.csv
  --ids FILE           only the images whose names are in this file, one a line
  --server URL         a Triton server; default: the embedded engine`;

const thresholds = [0.5, 0.75];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", multiple: true, default: ["cellpose-python", "stardist"] },
    parameters: { type: "string", default: "{}" },
    server: { type: "string" },
    ids: { type: "string" },
    "true-diameter": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const [folder] = positionals;
if (values.help || folder === undefined) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

function files(name) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    console.error(`Cannot measure: ${folder} must hold the folders images and labels, got no ${path}`);
    process.exit(1);
  }
  return new Map(readdirSync(path).map((file) => [parse(file).name, join(path, file)]));
}

/** What index.csv says of each image, by id. */
function index() {
  try {
    const [head, ...rows] = readFileSync(join(folder, "index.csv"), "utf8").trim().split(/\r?\n/);
    const columns = head.split(",");
    const records = rows.map((row) =>
      Object.fromEntries(row.split(",").map((cell, i) => [columns[i], cell])),
    );
    return new Map(records.map((record) => [record.id, record]));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return new Map();
  }
}

/** Hits and errors over many images. */
class Score {
  images = 0;
  objects = 0;
  counts = thresholds.map(() => ({ hits: 0, wrong: 0, missed: 0 }));

  add(truth, mask) {
    this.images++;
    for (const [i, threshold] of thresholds.entries()) {
      const { truePositives, falsePositives, falseNegatives } = matching(truth, mask, { threshold });
      this.counts[i].hits += truePositives;
      this.counts[i].wrong += falsePositives;
      this.counts[i].missed += falseNegatives;
      if (i === 0) this.objects += truePositives + falseNegatives;
    }
  }

  row(model, kind) {
    const figure = (of) => this.counts.map((count) => of(count).toFixed(3)).join(" | ");
    const f1 = figure(({ hits, wrong, missed }) => (2 * hits) / Math.max(1, 2 * hits + wrong + missed));
    const precision = figure(({ hits, wrong, missed }) => hits / Math.max(1, hits + wrong + missed));
    return `| ${model} | ${kind} | ${this.images} | ${this.objects} | ${f1} | ${precision} |`;
  }
}

const [images, labels, records] = [files("images"), files("labels"), index()];
const wanted =
  values.ids === undefined ? undefined : new Set(readFileSync(values.ids, "utf8").trim().split(/\s+/));
const ids = [...labels.keys()].filter((id) => images.has(id) && (wanted?.has(id) ?? true)).sort();
if (ids.length === 0) {
  console.error(
    `Cannot measure: ${folder} must hold images/ and labels/ with files of the same names, got none`,
  );
  process.exit(1);
}
console.log("| model | kind | images | objects | F1@0.5 | F1@0.75 | AP@0.5 | AP@0.75 |");
console.log("|---|---|---|---|---|---|---|---|");
for (const modelName of values.model) {
  const scores = new Map();
  for (const [done, id] of ids.entries()) {
    process.stderr.write(`\r${modelName}: ${done} of ${ids.length} images `);
    const [picture, truth] = await Promise.all([imread(images.get(id)), imread(labels.get(id))]);
    const image = picture.ndim === 3 ? picture.mean(2).astype("float32") : picture;
    const record = records.get(id) ?? {};
    const parameters = JSON.parse(values.parameters);
    if (values["true-diameter"]) parameters.diameter = Number(record.median_diam);
    const { mask } = await segment(image, { modelName, parameters, serverUrl: values.server });
    for (const kind of new Set(["all", record.kind ?? "all"])) {
      if (!scores.has(kind)) scores.set(kind, new Score());
      scores.get(kind).add(truth, mask);
    }
  }
  process.stderr.write("\r\x1b[K");
  for (const [kind, score] of scores) console.log(score.row(modelName, kind));
}

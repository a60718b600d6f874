// The first call of a process: `node first.mjs TASK` prints its milliseconds as JSON.
import { readFileSync } from "node:fs";
import { NdArray, regionpropsTable } from "bioengine";
import { timesOf } from "./times.mjs";

const task = JSON.parse(process.argv[2]);
const types = { int32: Int32Array, uint16: Uint16Array };

function array(path, dtype) {
  const bytes = readFileSync(path);
  const buffer = new types[dtype](
    bytes.buffer,
    bytes.byteOffset,
    bytes.length / types[dtype].BYTES_PER_ELEMENT,
  );
  return new NdArray({ dtype, shape: [task.size, task.size], buffer });
}

const labels = array(task.labels, task.labelType);
const image = array(task.image, "uint16");
// Node loads its clocks when they are first read.
timesOf(() => undefined);
const times = timesOf(() => regionpropsTable(labels, { image, properties: task.properties }));
console.log(JSON.stringify(times));

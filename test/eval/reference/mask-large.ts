import { regionpropsTable } from "bioengine";

const areas = regionpropsTable(labels, { properties: ["label", "area"] });
const large = new Set(
  areas
    .filter((row) => row.area > 140)
    .rows()
    .map((row) => Number(row.label)),
);
const kept = labels.copy();
const values = kept.data;
for (let i = 0; i < values.length; i++) if (!large.has(Number(values[i]))) values[i] = 0;
kept;

import { regionpropsTable } from "bioengine";

const table = regionpropsTable(labels, { properties: ["label", "centroid"] });
const [third] = table.rows().filter((row) => row.label === 3);
const centre = [third["centroid-0"], third["centroid-1"]];
console.log(centre);

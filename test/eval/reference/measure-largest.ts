import { regionpropsTable } from "bioengine";

const table = regionpropsTable(labels, { properties: ["label", "area"] });
const largest = Math.max(...table.rows().map(({ area }) => Number(area)));
console.log(largest);

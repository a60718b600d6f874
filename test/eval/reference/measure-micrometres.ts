import { regionpropsTable } from "bioengine";

const table = regionpropsTable(labels, { spacing: [0.5, 0.5], properties: ["label", "area"] });
const total = table.rows().reduce((sum, { area }) => sum + Number(area), 0);
console.log(`${total} µm²`);

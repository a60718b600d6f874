import { regionpropsTable } from "bioengine";

const table = regionpropsTable(labels, { image: image, properties: ["label", "intensity_mean"] });
const intensities = table.column("intensity_mean");
table;

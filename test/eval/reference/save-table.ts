import { writeFileSync } from "node:fs";

writeFileSync("measurements.csv", table.toCsv());

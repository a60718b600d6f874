import { pixels } from "../check.mjs";
import { cells, labels, table } from "./variable.mjs";

export const saving = [
  {
    name: "save-table",
    prompt: "Save my table as measurements.csv.",
    variables: [cells, labels, table],
    files: ["measurements.csv"],
    check: ({ files, expected }) => {
      const [head = "", ...rows] = (files["measurements.csv"] ?? "").trim().split(/\r?\n/);
      const at = head.split(",").indexOf("area");
      const areas = rows.map((row) => Number(row.split(",")[at]));
      return areas.join() === expected.areas.join() ? undefined : `its areas must be right, got "${areas}"`;
    },
  },
  {
    name: "save-mask",
    prompt: "Save my labels as a 16-bit TIFF called result.tif, so that I can open it in Fiji.",
    variables: [labels],
    files: ["result.tif"],
    check: ({ files, expected }) => {
      const file = files["result.tif"];
      if (file?.dtype !== "uint16") return `it must be a file of uint16, got ${file?.dtype}`;
      return pixels(file, expected.labels);
    },
  },
  {
    name: "save-view",
    prompt:
      "Save my image as an 8-bit PNG called view.png, stretched so that its darkest pixel is 0 and its brightest is 255.",
    variables: [cells],
    files: ["view.png"],
    check: ({ files }) => {
      const file = files["view.png"];
      if (file === undefined) return "there must be a file view.png";
      if (file.dtype !== "uint8" || file.shape.join() !== "96,128") {
        return `it must be [96, 128] uint8, got [${file.shape}] ${file.dtype}`;
      }
      const range = [Math.min(...file.data), Math.max(...file.data)].join();
      return range === "0,255" ? undefined : `its range must be 0,255, got ${range}`;
    },
  },
];

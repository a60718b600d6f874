import { writeFile } from "node:fs/promises";
import { tableBundle } from "@bioengine/display";
import { imread } from "@bioengine/imageio";
import { Table } from "@bioengine/ndarray";
import type { CallToolResult, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { grayValues } from "../grayvalues";
import { regionpropsTable } from "../regionpropstable";
import { placeOf } from "./toolfolder";

/** Characters of rows that an answer holds. */
const rowCharacters = 3000;

const inputSchema = z.strictObject({
  maskPath: z.string().describe("a file of labels, e.g. one that segment has written"),
  imagePath: z.string().optional().describe("the image of the mask, for intensities"),
  properties: z
    .array(z.string())
    .optional()
    .describe('scikit-image\'s regionprops names, e.g. ["label", "area", "centroid", "intensity_mean"]'),
  spacing: z
    .union([z.number(), z.array(z.number())])
    .optional()
    .describe(
      "pixel size along each axis; left out: in µm if the file knows it, else 1; 1 measures in pixels",
    ),
  csvPath: z.string().optional().describe("the CSV file to write all rows to; left out: none is written"),
});

/** The table with fractions of six digits: what follows them is rounding. */
function sixDigits(table: Table): Table {
  const short = (value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  return new Table(
    Object.fromEntries(table.columnNames.map((name) => [name, table.values(name).map(short)] as const)),
  );
}

/** As many of a CSV's lines as the budget allows, and how many rows those are. */
function firstRows(table: Table): { csv: string; count: number } {
  const lines = sixDigits(table).toCsv().trimEnd().split(/\r?\n/);
  let length = 0;
  const fitting = lines.findIndex((line) => {
    length += line.length + 1;
    return length > rowCharacters;
  });
  const shown = fitting === -1 ? lines : lines.slice(0, Math.max(2, fitting));
  return { csv: shown.join("\n"), count: shown.length - 1 };
}

async function run(input: z.infer<typeof inputSchema>): Promise<CallToolResult> {
  const mask = await imread(placeOf(input.maskPath));
  const image = input.imagePath === undefined ? undefined : await imread(placeOf(input.imagePath));
  const { properties, spacing, csvPath } = input;
  const table = regionpropsTable(mask, {
    ...(image && { image }),
    ...(properties && { properties }),
    ...(spacing !== undefined && { spacing }),
  });
  const gray = grayValues(mask);
  const { csv, count } = firstRows(table);
  const parts = [
    ...(gray === undefined
      ? []
      : [`Warning: this looks like an image, not a mask: ${gray}. Segment it first, and measure the mask`]),
    String(tableBundle(table).data["text/plain"]),
    `${count < table.rowCount ? `The first ${count} of ${table.rowCount} rows` : "All rows"}:\n${csv}`,
  ];
  if (csvPath !== undefined) {
    await writeFile(placeOf(csvPath), table.toCsv());
    parts.push(`All ${table.rowCount} rows written to ${placeOf(csvPath)}`);
  }
  return { content: [{ type: "text", text: parts.join("\n\n") }] };
}

/** Add the tool that measures the objects of a mask file. */
export function addMeasureTool(server: McpServer): void {
  const config = {
    title: "Measure the objects of a mask",
    description:
      "Measures each object of a mask file as scikit-image's regionprops_table does. Returns a digest of the table (the range of each column) and its first rows as CSV, with six digits; writes all rows to a CSV file if csvPath is given.",
    inputSchema,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  };
  server.registerTool("measure", config, run);
}

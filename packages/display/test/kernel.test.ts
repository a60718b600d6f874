import { Console } from "node:console";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { MASK_MIME, TABLE_MIME } from "@bioengine/mime";
import { type NdArray, ndarray, Table, zeros } from "@bioengine/ndarray";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { display, histogram, imshow, installDisplay, linkImage, maskBundle } from "../src/index";

interface Content {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: object;
}

/** tslab as it is installed: the handler that runs cells, with our functions in place of its TypeScript compiler. */
const tslab = createRequire(__filename)("tslab/dist/jupyter.js");

type Output = { stream: string } | { display: Content };

async function runCell(cell: () => void): Promise<Output[]> {
  const outputs: Output[] = [];
  const execute = async () => {
    cell();
    return true;
  };
  const handler = new tslab.JupyterHandlerImpl({ execute }, false);
  await handler.handleExecute(
    { code: "" },
    (_: string, text: string) => outputs.push({ stream: text }),
    (content: Content) => outputs.push({ display: content }),
  );
  return outputs;
}

/** What tslab does with the last value of a cell. */
const lastValue = (value: unknown) => new Console(process.stdout, process.stderr).log(value);

const mask = ndarray(
  Int32Array.from({ length: 256 }, (_, i) => (i % 5 === 0 ? 0 : 1 + (i >> 6))),
  [16, 16],
);
const table = new Table({ label: [1, 2], area: [10, 20] });

const { stdout, stderr } = process;
const writes = [stdout.write, stderr.write] as const;

beforeAll(() => installDisplay());
beforeEach(() => {
  tslab.lastWriteDisplayData = null;
});
afterEach(() => {
  [stdout.write, stderr.write] = writes;
});

test("imshow() reaches the running cell before it ends, with metadata", async () => {
  const outputs = await runCell(() => imshow(mask, { image: mask.astype("float32"), title: "Cells" }));
  expect(outputs).toHaveLength(1);
  const { data, metadata, transient } = (outputs[0] as { display: Content }).display;
  expect(Object.keys(data)).toEqual([MASK_MIME, "image/png", "text/plain"]);
  expect(metadata).toMatchObject({ "image/png": { width: 512, height: 512 } });
  expect(transient).toEqual({});
  expect(data["text/plain"]).toMatch(/^Cells\nMask \[16, 16\] int32/);
});

test("a mask or a table as the last value shows richly and prints nothing", async () => {
  const outputs = await runCell(() => lastValue(mask));
  expect(outputs.map((output) => "display" in output && Object.keys(output.display.data))).toEqual([
    [MASK_MIME, "image/png", "text/plain"],
  ]);
  const tables = await runCell(() => lastValue(table));
  expect(tables.map((output) => "display" in output && Object.keys(output.display.data))).toEqual([
    [TABLE_MIME, "text/html", "text/plain"],
  ]);
});

test("what a cell prints around a value stays", async () => {
  const outputs = await runCell(() => {
    const { log } = new Console(process.stdout, process.stderr);
    log("before");
    log(mask);
    log("");
    log("mask:", mask, 1);
    log("after");
  });
  const streams = outputs.flatMap((output) => ("stream" in output ? [output.stream] : []));
  expect(streams).toEqual(["before\n", "\n", "mask:  1\n", "after\n"]);
  expect(outputs).toHaveLength(6);
});

test("a value within another one takes a line and shows nothing", async () => {
  const outputs = await runCell(() => lastValue({ mask: mask, tables: [table] }));
  expect(outputs).toEqual([
    { stream: "{ mask: NdArray [16, 16] int32, tables: [ Table 2 rows × 2 columns ] }\n" },
  ]);
});

test("a kernel that shows bundles gets text from console.log", () => {
  const publisher = Object.assign(vi.fn(), { [Symbol.for("Jupyter.display")]: true });
  tslab.lastWriteDisplayData = publisher;
  expect(inspect(mask)).toMatch(/^Mask \[16, 16\] int32: 4 objects/);
  expect(publisher).not.toHaveBeenCalled();
  display(mask);
  expect(publisher).toHaveBeenCalledOnce();
});

test("outside of a kernel a value is its digest and showing it prints that", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  imshow(mask);
  display(table);
  histogram([1, 2, 3]);
  display("text");
  display({ a: 1 });
  const printed = log.mock.calls.map(([text]) => String(text).split("\n")[0]);
  log.mockRestore();
  expect(printed).toEqual([
    "Mask [16, 16] int32: 4 objects (labels 1 to 4), 79.7% covered",
    "Table: 2 rows × 2 columns",
    "Histogram of value: 3 values",
    "text",
    "{ a: 1 }",
  ]);
  expect(inspect(table)).toMatch(/^Table: 2 rows × 2 columns\nlabel/);
});

test("display() sends a bundle or an object's own display as it is", async () => {
  const bundle = maskBundle(mask);
  const own = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<i>own</i>" }) };
  const outputs = await runCell(() => {
    display(bundle);
    display(own);
  });
  expect(outputs).toEqual([
    { display: { ...bundle, transient: {} } },
    { display: { data: { "text/html": "<i>own</i>" }, metadata: {}, transient: {} } },
  ]);
});

function shown(value: NdArray | Table): Record<string, unknown> {
  const method: unknown = Reflect.get(value, Symbol.for("Jupyter.display"));
  if (typeof method !== "function") throw new Error("no display method");
  return method.call(value);
}

test.each([
  ["labels by their role", ndarray(Uint16Array.from(mask.data), [16, 16], { role: "labels" }), MASK_MIME],
  ["labels by their dtype", mask, MASK_MIME],
  ["labels with a leading axis of one", mask.expandDims(0), MASK_MIME],
  ["16-bit planes as images", zeros([9, 9], "uint16"), "image/png"],
  ["colour images", zeros([9, 9, 3], "uint8"), "image/png"],
  ["differences below zero as images", mask.subtract(2), "image/png"],
  ["stacks by the plane in their middle", zeros([4, 9, 9], "float32"), "text/html"],
  ["stacks of labels", zeros([4, 9, 9], "int32"), MASK_MIME],
  ["few numbers as text", zeros([3, 3], "float64"), "text/plain"],
  ["many numbers as text", zeros([500], "int64"), "text/plain"],
  ["points as text", zeros([167, 2], "int32"), "text/plain"],
  ["points in a stack as text", zeros([999, 3], "float64"), "text/plain"],
  ["narrow labels by their role", ndarray(new Int32Array(334), [167, 2], { role: "labels" }), MASK_MIME],
  ["one number as text", zeros([]), "text/plain"],
  ["nothing as text", zeros([0, 512]), "text/plain"],
])("an array shows %s", (_, array, type) => {
  const data = shown(array);
  expect(Object.keys(data)[0]).toBe(type);
  expect(String(data["text/plain"]).length).toBeLessThan(1200);
});

test("few numbers are readable", () => {
  expect(
    shown(
      ndarray([
        [1, 2.5],
        [3, 1 / 3],
      ]),
    )["text/plain"],
  ).toBe("NdArray [2, 2] float64\n[[1, 2.5],\n [3, 0.3333]]");
  expect(shown(zeros([4, 9, 9], "uint8"))["text/plain"]).toMatch(
    /^NdArray \[4, 9, 9\] uint8, shown is \.at\(2\):/,
  );
});

test("a stack says under its picture which plane it shows: the middle one, the first in time and of the channels", () => {
  const stack = ndarray(
    Uint8Array.from({ length: 5 * 81 }, (_, i) => Math.floor(i / 81)),
    [5, 9, 9],
  );
  const data = shown(stack);
  expect(data["text/plain"]).toMatch(/\.at\(2\):\nImage \[9, 9] uint8\nmin 2, max 2/);
  expect(data["text/html"]).toMatch(
    /<img src="data:image\/png;base64,[^<]*<div style="[^"]*">NdArray \[5, 9, 9] uint8, shown is \.at\(2\)<\/div>$/,
  );
  const film = zeros([3, 4, 2, 9, 9], "uint8").withMetadata({ axes: "TZCYX" });
  expect(shown(film)["text/plain"]).toContain("shown is .at(0, 2, 0):");
  const channels = zeros([2, 9, 9], "uint8").withMetadata({ axes: "CYX" });
  expect(shown(channels)["text/plain"]).toContain("shown is .at(0):");
});

test("imshow() of a stack says which plane can be shown", () => {
  expect(() => imshow(zeros([9, 9, 9], "uint8"))).toThrow(/^Cannot show image: .*show one plane/);
});

test("many points are told by their first rows", () => {
  const points = ndarray(
    Int32Array.from({ length: 80 }, (_, i) => i),
    [40, 2],
  );
  const lines = String(shown(points)["text/plain"]).split("\n");
  expect(lines[0]).toBe("NdArray [40, 2] int32 (min 0, max 79), the first 16 of 40 rows:");
  expect(lines.slice(1, 3)).toEqual(["[[0, 1],", " [2, 3],"]);
  expect(lines.slice(-2)).toEqual([" [30, 31],", " …]"]);
});

test("a linked mask shows over its image as the last value", () => {
  const labels = mask.copy();
  linkImage(labels, zeros([16, 16], "uint16"));
  expect(shown(labels)[MASK_MIME]).toHaveProperty("image");
});

test("imshow() takes what is meant as a mask for one", () => {
  const kinds: string[] = [];
  tslab.lastWriteDisplayData = ({ data }: Content) => kinds.push(Object.keys(data)[0]!);
  imshow(zeros([9, 9], "uint16"));
  imshow(zeros([9, 9], "uint16"), { title: "image" });
  imshow(zeros([9, 9], "uint16"), { contours: false });
  imshow(zeros([9, 9], "uint16"), { image: zeros([9, 9], "uint16") });
  imshow(zeros([9, 9], "int64"), { image: undefined });
  imshow(zeros([99, 2], "int32"));
  expect(kinds).toEqual(["image/png", "image/png", MASK_MIME, MASK_MIME, MASK_MIME, "image/png"]);
  expect(() => imshow(mask.expandDims(0).expandDims(0))).toThrow("show mask.at(0, 0)");
  expect(() => imshow(mask, { server_url: "" } as never)).toThrow("got server_url");
});

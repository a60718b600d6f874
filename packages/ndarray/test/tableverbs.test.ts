import { expect, test } from "vitest";
import { type ColumnData, ndarray, Table } from "../src/index";
import pandas from "./fixtures/pandas.json";

type Cells = Readonly<Record<string, readonly unknown[]>>;

/** A table's values, missing ones null, as pandas.json has them. */
function expectCells(table: Table, expected: Cells): void {
  expect(table.columnNames).toEqual(Object.keys(expected));
  for (const [name, cells] of Object.entries(expected)) {
    const values = Array.from<unknown>(table.column(name));
    expect(values.length, name).toBe(cells.length);
    cells.forEach((cell, row) => {
      const found = typeof values[row] === "bigint" ? Number(values[row]) : values[row];
      if (cell === null) expect(found === null || Number.isNaN(found), `${name} ${row}`).toBe(true);
      // Sums in another order differ in the last digits, more so where the mean is 10,000 standard deviations.
      else if (typeof cell === "number")
        expect(Math.abs(Number(found) - cell), `${name} ${row}`).toBeLessThanOrEqual(
          1e-11 * Math.abs(cell) + 1e-12,
        );
      else expect(found, `${name} ${row}`).toBe(cell);
    });
  }
}

const measured = Table.fromCsv(pandas.csv);
const { label, kind, score } = pandas.kinds;
const other = new Table({ label: Int32Array.from(label), kind, score: Int32Array.from(score) });

test("fromCsv() reads what pandas writes, and toCsv() writes the same", () => {
  expectCells(measured, pandas.measured);
  expect(["label", "channel"].map((name) => measured.column(name).constructor)).toEqual([
    Int32Array,
    Int32Array,
  ]);
  expect(measured.column("area")).toBeInstanceOf(Float64Array);
  expect(measured.toCsv()).toBe(pandas.csv);
});

test("fromCsv() finds separator and types as pandas does; numbers that begin with 0 are names", () => {
  const table = Table.fromCsv(pandas.messy.text);
  const { number, large, ...columns } = pandas.messy.columns;
  expectCells(table.select(Object.keys(columns)), columns);
  expect(table.column("number")).toEqual(new Float64Array([0.001, 0.5, Number.POSITIVE_INFINITY]));
  expect(table.column("large")).toEqual(new BigInt64Array([9007199254740993n, 2n, 3n]));
  expect(Table.fromCsv("\uFEFFa\tb\r\n1\t\r\n").rows()).toEqual([{ a: 1, b: null }]);
  expect(Table.fromCsv("a,b\n").rowCount).toBe(0);
});

test("fromCsv() reads back what toCsv() quotes, in the head too", () => {
  const table = new Table({ 'a;\n"b": c;;': ['x, "y"\r\nz', ";"], kind: ["\t", "two\rlines"] });
  expect(Table.fromCsv(table.toCsv()).rows()).toEqual(table.rows());
});

test("fromCsv() names the row that is too long, and the line of an open quote", () => {
  expect(() => Table.fromCsv("a,b\n1,2\n3\n")).toThrow(
    "Cannot read CSV: all rows must have the 2 columns of the head, got 1 in row 2",
  );
  expect(() => Table.fromCsv('a,b\n1,"x\n')).toThrow(
    "quotes must be closed and doubled within, got others in line 2",
  );
});

test("groupBy().aggregate() gives pandas' statistics", () => {
  const grouped = measured.groupBy(["image", "channel"]).aggregate({
    area: ["sum", "mean", "std", "sem", "min", "median", "max", "count", "unique", "first", "q25", "q75"],
    intensity_mean: "std",
  });
  const { count, ...expected } = pandas.grouped;
  expectCells(grouped, expected);
  expectCells(measured.groupBy(["image", "channel"]).count().select(["count"]), { count });
});

test("groupBy() gives the groups' tables, and aggregate() makes rows of them", () => {
  const table = new Table({ image: ["b", "a", "b"], area: [1, 2, 5] });
  expect([...table.groupBy("image")].map(([image, group]) => [image, group.values("area")])).toEqual([
    ["b", [1, 5]],
    ["a", [2]],
  ]);
  expect([...table.groupBy(["image", "area"])].map(([key]) => key)).toEqual([
    ["b", 1],
    ["a", 2],
    ["b", 5],
  ]);
  const ranges = table
    .groupBy("image")
    .aggregate((group) => ({ n: group.rowCount, last: group.row(group.rowCount - 1).area }));
  expect(ranges.rows()).toEqual([
    { image: "b", n: 2, last: 5 },
    { image: "a", n: 1, last: 2 },
  ]);
});

test("describe(), sort() and join() give pandas' tables", () => {
  expectCells(measured.describe(), pandas.described);
  expectCells(
    measured.sort(["channel", "area"], { descending: true }).select(["channel", "label"]),
    pandas.sorted,
  );
  expectCells(measured.join(other, "label").select(["label", "kind", "score"]), pandas.inner);
  expectCells(measured.join(other, "label", { how: "left" }).select(["label", "kind", "score"]), pandas.left);
  const right = measured.join(other, "label", { how: "right" });
  expectCells(right.select(["label", "kind", "score"]), pandas.right);
  expect(right.column("label")).toBeInstanceOf(Int32Array);
  const outer = measured.join(other, "label", { how: "outer" });
  expectCells(outer, pandas.outer);
  expect(outer.column("label")).toBeInstanceOf(Int32Array);
});

test.each(["inner", "left", "right", "outer"] as const)(
  "join() by several columns, with missing values and several partners, gives pandas' table: %s",
  (how) => {
    const plates = new Table({
      plate: ["b", null, "a", "b", "b"],
      well: [2, 1, 10, Number.NaN, 2],
      cells: Int32Array.of(5, 6, 7, 8, 9),
    });
    const stains = new Table({
      plate: ["c", "b", "b", null, "a"],
      well: Float64Array.of(1, Number.NaN, 2, 1, 9),
      stain: ["DAPI", "GFP", "RFP", "none", "DAPI"],
    });
    expectCells(plates.join(stains, ["plate", "well"], { how }), pandas.plates[how]);
  },
);

test("join() keeps the rows that it was not asked to drop where a table is empty", () => {
  const some = new Table({ label: Int32Array.of(2, 1), area: [3, 4] });
  const none = new Table({ label: new Int32Array(0), kind: [] });
  expect(some.join(none, "label").rowCount).toBe(0);
  expect(some.join(none, "label", { how: "right" }).rowCount).toBe(0);
  expect(some.join(none, "label", { how: "outer" }).rows()).toEqual([
    { label: 1, area: 4, kind: null },
    { label: 2, area: 3, kind: null },
  ]);
  expect(none.join(some, "label", { how: "outer" }).values("label")).toEqual([1, 2]);
});

test("join() refuses keys of different kinds and columns that both tables have", () => {
  const texts = new Table({ label: ["1"], kind: ["round"] });
  expect(() => measured.join(texts, "label")).toThrow(
    "Cannot join: column label must be of one kind in both tables, got number and string",
  );
  expect(() => measured.join(measured, ["label", "image", "channel", "intensity_mean"])).toThrow(
    'got area in both; use other.rename({ "area": "area_2" })',
  );
  expect(() => measured.join(other, "lable")).toThrow("did you mean label?");
  expect(() => measured.join(other, "label", { how: "cross" } as object)).toThrow(
    'how must be one of "inner", "left", "right", "outer", got "cross"',
  );
  expect(() => measured.join([{ label: 1 }] as never, "label")).toThrow(
    "another table is needed, got object",
  );
});

test("concat() tells the images apart by a column, and keeps the columns' types", () => {
  const one = new Table({ label: new Int32Array([1, 2]), note: ["x", "y"], area: new Float32Array([1, 2]) });
  const two = new Table({ label: new Int32Array([1]), note: ["z"], area: new Float64Array([3]) });
  const all = Table.concat({ "a.tif": one, "b.tif": two });
  expect(all.rows()).toEqual([
    { image: "a.tif", label: 1, note: "x", area: 1 },
    { image: "a.tif", label: 2, note: "y", area: 2 },
    { image: "b.tif", label: 1, note: "z", area: 3 },
  ]);
  expect([all.column("label"), all.column("area")].map((values: ColumnData) => values.constructor)).toEqual([
    Int32Array,
    Float64Array,
  ]);
  expect(Table.concat([one, one]).rowCount).toBe(4);
  expect(() => Table.concat([one, one.rename({ area: "aera" })])).toThrow(
    "Cannot concatenate tables: all must have the columns label, note, area, got no area in 1; rename aera, or use select",
  );
});

test("withColumn() computes a column of numbers or texts, and replaces one in its place", () => {
  const table = new Table({ label: [1, 2], area: [10, 30] });
  const computed = table
    .withColumn("half", (row) => row.area / 2)
    .withColumn("size", (row) => (row.area > 20 ? "large" : "small"));
  expect(computed.column("half")).toEqual(new Float64Array([5, 15]));
  expect(computed.column("size")).toEqual(["small", "large"]);
  expect(computed.withColumn("area", [1, 2]).withColumn("image", "a.tif").row(1)).toEqual({
    label: 2,
    area: 2,
    half: 15,
    size: "large",
    image: "a.tif",
  });
});

test("what a column is called in the origin is known until another takes its place", () => {
  const table = new Table({ label: [1, 2], area: [10, 30] });
  const renamed = table.rename({ area: "size" }).withColumn("area", 1).head(1);
  expect(renamed.origin).toBe(table);
  expect(["label", "size", "area"].map((name) => renamed.originalName(name))).toEqual([
    "label",
    "area",
    undefined,
  ]);
  expect(table.withColumn("label", 3).originalName("label")).toBeUndefined();
});

test("a table is made of rows", () => {
  expect(
    new Table([
      { image: "a", n: 1 },
      { image: "b", n: null },
    ]).column("n"),
  ).toEqual(new Float64Array([1, Number.NaN]));
  expect(() => new Table([{ image: "a" }, { imgae: "b" }])).toThrow(
    "all rows must have image, got imgae in row 1",
  );
});

test("a misspelt column is an error everywhere, never no rows", () => {
  const table = new Table({ label: [1, 2], area: [10, 30], intensity_mean: [1, 2] });
  const meant = "did you mean area?";
  expect(() => table.filter((row) => row.aera > 20)).toThrow(
    `Cannot read a row: the name must be one of label, area, intensity_mean, got aera; ${meant}`,
  );
  expect(() => table.filter(({ aera }) => aera > 20)).toThrow(meant);
  expect(() => table.withColumn("half", (row) => row.meanIntensity / 2)).toThrow(
    "did you mean intensity_mean?",
  );
  expect(() => table.rows().map((row) => row.aera)).toThrow(meant);
  expect(() => table.row(0).aera).toThrow(meant);
  for (const row of table) expect(() => row.Area).toThrow(meant);
  expect(() => table.select(["aera"])).toThrow(meant);
  expect(() => table.sort("aera")).toThrow(meant);
  expect(() => table.rename({ aera: "size" })).toThrow(meant);
  expect(() => table.groupBy("aera")).toThrow(meant);
  expect(() => table.groupBy("label").aggregate({ aera: "mean" })).toThrow(meant);
  expect(() => table.groupBy("label").aggregate({ area: "mena" as "mean" })).toThrow("did you mean mean?");
  expect(() => Reflect.get(table, "aera")).toThrow(
    'Cannot index a table with brackets: use column("area"), got ["aera"]',
  );
});

test("values() is an array of its own, whose methods are those of arrays", () => {
  const table = new Table({ area: new Float64Array([10, 30]) });
  expect(table.values("area").map((area) => (area > 20 ? "large" : "small"))).toEqual(["small", "large"]);
  table.values("area").fill(0);
  expect(table.column("area")).toEqual(new Float64Array([10, 30]));
});

test("the length of rows, which is a method, is an error, not 0", () => {
  const table = new Table({ area: [10, 30] });
  expect(() => table.rows.length).toThrow("use table.rows().length");
  expect(table.rows()).toHaveLength(2);
});

test("rows and tables are ordinary values to what looks at any value", async () => {
  const table = new Table({ label: [1], area: [10] });
  const row = table.row(0);
  expect(JSON.stringify(row)).toBe('{"label":1,"area":10}');
  expect({ ...row, kind: "round" }).toEqual({ label: 1, area: 10, kind: "round" });
  expect("aera" in row).toBe(false);
  expect(String(await row)).toBe("[object Object]");
  expect(await table).toBe(table);
  expect(structuredClone(row)).toEqual({ label: 1, area: 10 });
  expect((await import("node:util")).inspect(row)).toBe("{ label: 1, area: 10 }");
});

test("aggregate() of a group without values is missing, and true counts as 1", () => {
  const table = new Table({
    image: ["a", "a", "b", "b", "b"],
    area: [4, 6, Number.NaN, null, Number.NaN],
    positive: [true, false, true, true, null],
  });
  const groups = table.groupBy("image").aggregate({ area: ["mean", "std", "sem", "sum"], positive: "mean" });
  // As pandas has it.
  expect(groups.values("area_std")).toEqual([Math.SQRT2, Number.NaN]);
  expect(groups.values("area_sem")).toEqual([1, Number.NaN]);
  expect(groups.values("area_mean")).toEqual([5, Number.NaN]);
  expect(groups.values("area_sum")).toEqual([10, 0]);
  expect(groups.values("positive_mean")).toEqual([0.5, 1]);
  expect(() => table.groupBy("image").aggregate("mean" as never)).toThrow(
    'statistics by column are needed, got "mean"; use aggregate({ area: ["mean", "std"] })',
  );
});

test("toCsv() keeps the rows of a single column that are missing or blank", () => {
  const table = new Table({ area: [1, Number.NaN, 3] });
  expect(table.toCsv()).toBe('area\n1\n""\n3\n');
  expect(Table.fromCsv(table.toCsv()).values("area")).toEqual([1, Number.NaN, 3]);
  expect(Table.fromCsv('area\n1\n\n""\n').values("area")).toEqual([1, Number.NaN]);
});

test("fromCsv() reads decimal commas where commas separate nothing", () => {
  const table = Table.fromCsv("label;area;kind;date\n1;3,25;a,b;1,5\n2;-1,5e3;c;x\n3;;d;2\n");
  expect(table.column("area")).toEqual(new Float64Array([3.25, -1500, Number.NaN]));
  expect(table.values("kind")).toEqual(["a,b", "c", "d"]);
  expect(table.values("date")).toEqual(["1,5", "x", "2"]);
  expect(() => Table.fromCsv("a\0b\n")).toThrow("it must be text in UTF-8");
});

test("sort() compares numbers of all kinds by value, dates by time, and puts texts after numbers", () => {
  const sorted = (values: unknown[], descending = false) =>
    new Table({ a: values }).sort("a", { descending }).values("a");
  expect(sorted([10, 9n, 2n, 1.5])).toEqual([1.5, 2n, 9n, 10]);
  expect(sorted([10, "9", 2, "b", null])).toEqual([2, 10, "9", "b", null]);
  const [monday, friday] = [new Date("2024-01-01"), new Date("2023-12-29")];
  expect(sorted([monday, friday])).toEqual([friday, monday]);
  expect(sorted([monday, friday], true)).toEqual([monday, friday]);
});

test("groupBy() tells dates apart to the millisecond", () => {
  const times = [0, 1, 1].map((time) => new Date(time));
  expect(new Table({ time: times }).groupBy("time").count().values("count")).toEqual([1, 2]);
});

test("a column is a list or an array of one axis, and nothing else", () => {
  const distances = ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]);
  const table = new Table({ near: distances.transpose().at(0), isClose: distances.at(0).less(2) });
  expect(table.values("near")).toEqual([1, 3]);
  expect(table.values("isClose")).toEqual([true, false]);
  expect(table.withColumn("far", distances.at(1)).values("far")).toEqual([3, 4]);
  expect(() => new Table({ d: distances })).toThrow("got an array of shape [2, 2] for d");
  expect(() => new Table({ d: distances.reshape([4, 1]) })).toThrow(
    "shape [4, 1] for d; use array.flatten()",
  );
  expect(() => new Table({ kind: "ab", n: [1, 2] } as never)).toThrow('got "ab" for kind');
  expect(() => new Table({ n: 1 } as never)).toThrow(
    "a column must be a list of values, or an array of one axis, got 1 for n",
  );
  expect(() => table.withColumn("x", undefined as never)).toThrow("got undefined for x");
  expect(() => new Table(null as never)).toThrow("columns by name, or rows are needed, got null");
});

test("verbs refuse options that aren't theirs", () => {
  const table = new Table({ a: [1], image: ["x"] });
  expect(() => table.sort("a", { ascending: false } as object)).toThrow(
    "Cannot sort: options must be among descending, got ascending; write { descending: … }",
  );
  expect(() => table.sort("a", "desc" as never)).toThrow(
    'options must be an object such as { descending: … }, got "desc"',
  );
  expect(() => table.join(table, "a", { type: "left" } as object)).toThrow("among how, got type");
  expect(() => Table.concat({ x: table })).toThrow("got image, which the tables have");
  expect(() => table.head(-1)).toThrow("must be whole and not negative, got -1");
});

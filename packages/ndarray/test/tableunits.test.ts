import { expect, test } from "vitest";
import { columnSource, Table } from "../src/index";

const table = new Table(
  { label: Int32Array.of(1, 2), area: [12.5, 30], speed: [0.5, Number.NaN], kind: ["round", "long"] },
  { units: { area: "µm²", speed: "µm/h" } },
);
const unitsOf = (of: Table) => of.columnNames.map((name) => of.unit(name));

test("what is made of a table's columns keeps their units", () => {
  const small = table.rename({ area: "size" }).filter((row) => row.size < 20);
  expect(unitsOf(small)).toEqual([undefined, "µm²", "µm/h", undefined]);
  expect(unitsOf(table.withColumn("area", (row) => row.area * 2))).not.toContain("µm²");
  expect([...table.groupBy("kind")].map(([, group]) => group.unit("area"))).toEqual(["µm²", "µm²"]);
  const other = new Table({ label: [1], depth: [3] }, { units: { depth: "nm" } });
  expect(unitsOf(table.select(["label", "area"]).join(other, "label"))).toEqual([undefined, "µm²", "nm"]);
  expect(() => table.unit("aera")).toThrow("Cannot get a unit: the name must be one of label, area, ");
});

test("asking for a unit leaves a column what it was taken from", () => {
  const area = table.column("area");
  table.rename({ area: "size" }).unit("size");
  expect(columnSource(area)?.name).toBe("area");
});

test("concat() keeps the units that all tables have, and puts no numbers of two units into a column", () => {
  const pixels = new Table({ area: [1], length: [2] }, { units: { area: "px", length: "µm" } });
  const unknown = new Table({ area: [1], length: [2] }, { units: { length: "µm" } });
  const micrometres = new Table({ area: [1], length: [2] }, { units: { area: "µm²", length: "µm" } });
  expect(unitsOf(Table.concat([pixels, unknown]))).toEqual([undefined, "µm"]);
  expect(Table.concat({ a: pixels, b: pixels }).unit("area")).toBe("px");
  expect(() => Table.concat([unknown, pixels, micrometres])).toThrow(
    "Cannot concatenate tables: a column must have one unit, got px and µm² for area; measure all with",
  );
});

test("aggregate() gives statistics the unit of their column, and counts none", () => {
  const groups = new Table({ depth: [1, 1], area: [2, 3] }, { units: { depth: "nm", area: "µm²" } }).groupBy(
    "depth",
  );
  const measured = groups.aggregate({ area: ["mean", "count", "std"] });
  expect(unitsOf(measured)).toEqual(["nm", "µm²", undefined, "µm²"]);
  expect(unitsOf(groups.count())).toEqual(["nm", undefined]);
});

test("toCsv() names columns without their units, or with them", () => {
  expect(table.toCsv()).toMatch(/^label,area,speed,kind\n1,12\.5,0\.5,round\n/);
  expect(table.toCsv({ units: true })).toBe(
    "label,area (µm²),speed (µm/h),kind\n1,12.5,0.5,round\n2,30,,long\n",
  );
});

test.each(["px", "µm", "μm", "um^2", "µm³", "µm/h", "1/s", "s⁻¹", "%", "°", "nm", "px/min", "a.u."])(
  "fromCsv() reads the unit %s that toCsv() wrote",
  (unit) => {
    const written = new Table({ "mean (red)": [1, 2], "a, b": [3, 4] }, { units: { "a, b": unit } });
    const read = Table.fromCsv(written.toCsv({ units: true }));
    expect(read.rows()).toEqual(written.rows());
    expect(unitsOf(read)).toEqual([undefined, unit]);
  },
);

test("fromCsv() leaves heads from elsewhere as they are where they tell no unit, or names would be the same", () => {
  const text =
    "Mean (red),Area (px),Area (µm²),count (n),kind (s),note (see methods),(µm),Circ. (0-1),x (µm)\n1,2,3,4,round,5,6,7,8\n";
  const read = Table.fromCsv(text);
  const names = "Mean (red),Area (px),Area (µm²),count (n),kind (s),note (see methods),(µm),Circ. (0-1),x";
  expect(read.columnNames.join()).toBe(names);
  expect(unitsOf(read).filter(Boolean)).toEqual(["µm"]);
  expect(read.column("x")).toEqual(Int32Array.of(8));
});

test("toCsv() refuses units that would not be read again, and names that would be read as units", () => {
  const odd = new Table({ length: [1] }, { units: { length: "furlong" } });
  expect(() => odd.toCsv({ units: true })).toThrow(
    "Cannot write CSV with units: columns of numbers may have one such as µm², px or µm/h, got furlong for length",
  );
  expect(() => new Table({ "length (µm)": [1] }).toCsv({ units: true })).toThrow("got none for length (µm)");
  const text = new Table({ kind: ["a"] }, { units: { kind: "px" } });
  expect(() => text.toCsv({ units: true })).toThrow("got px for kind");
  expect(odd.toCsv()).toBe("length\n1\n");
  expect(() => odd.toCsv({ unit: true } as object)).toThrow("write { units: … }");
});

test("a column that is asked for as it is shown comes with its name", () => {
  expect(() => table.column("area (µm²)")).toThrow("got area (µm²); did you mean area?");
  expect(() => table.row(0)["area (µm²)"]).toThrow("did you mean area?");
});

test("a unit of no column, or that is no text, is refused", () => {
  expect(() => new Table({ area: [1] }, { units: { aera: "px" } })).toThrow(
    "Cannot make a table: the name must be one of area, got aera; did you mean area?",
  );
  expect(() => new Table({ area: [1] }, { units: { area: 2 } as never })).toThrow(
    "Cannot make a table: a unit must be a text such as µm², got 2 for area",
  );
});

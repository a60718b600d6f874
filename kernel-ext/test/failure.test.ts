import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// What is there after a cell that failed: what Python's users know from a failed cell.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute: RunningKernel["client"]["execute"] = (...parts) => kernel.client.execute(...parts);
const textResult = async (code: string) => {
  const exchange = await execute(code);
  return resultOf(exchange)?.["text/plain"] ?? tracebackOf(exchange);
};

test("names that a cell gave values to before it failed are there, typed; others aren't", async () => {
  await execute(`
    interface Region { area: number }
    const early: Region = { area: 3 }, other = "x";
    function later(region: Region) { return region.area; }
    class Done { static size = 4; }
    throw new Error("half way");
    const missed = 1; class Undone {}`);
  expect(await textResult("early.area + later(early) + other + Done.size")).toBe("'6x4'");
  expect(await textResult("const wide: string = early.area;")).toContain("TS2322");
  expect(await textResult("missed")).toContain("Cannot find name 'missed'");
  expect(await textResult("new Undone()")).toContain("Cannot find name 'Undone'");
});

test("a redeclared name has its old value and type until the cell gives it a new one", async () => {
  await execute("const kept = 1; const replaced = 1; let counted = 1;");
  await execute('const replaced = "text"; counted = 2; throw new Error("no"); const kept = "text";');
  expect(await textResult("kept.toFixed(1) + replaced.toUpperCase() + counted")).toBe("'1.0TEXT2'");
});

test("names that are imported before the error are there", async () => {
  await execute('import { join } from "node:path"; import * as os from "node:os"; throw new Error("no");');
  expect(await textResult('join("a", "b") + typeof os.cpus')).toBe("'a/bfunction'");
});

test("a cell that fails after an await keeps what it had", async () => {
  await execute(
    "const first = await Promise.resolve(1); const second: number = await Promise.reject(new Error('no'));",
  );
  expect(await textResult("first")).toBe("1");
  expect(await textResult("second")).toContain("Cannot find name 'second'");
});

test("a variable that is declared again without a value is undefined", async () => {
  await execute("let slot: number | undefined = 5;");
  await execute("let slot: number | undefined;");
  expect(await textResult("String(slot)")).toBe("'undefined'");
});

test("completion and inspection know what a failed cell left", async () => {
  await execute('const brightness = 5; throw new Error("no"); const brightest = 6;');
  const { reply } = await kernel.client.request("complete_request", { code: "bright", cursor_pos: 6 });
  expect(reply.matches).toEqual(["brightness"]);
});

test("a cell with type errors changes nothing", async () => {
  await execute("const stays = 1;");
  await execute('const stays = "text"; const wrong: number = "text";');
  expect(await textResult("stays + 1")).toBe("2");
});

test("many failed cells in a row keep every name", async () => {
  for (let i = 0; i < 20; i++)
    await execute(`const name${i} = ${i}; throw new Error("no"); const lost${i} = 1;`);
  expect(await textResult("name0 + name7 + name19")).toBe("26");
});

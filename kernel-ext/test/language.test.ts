import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute: RunningKernel["client"]["execute"] = (...parts) => kernel.client.execute(...parts);

test("using disposes at the cell's end, and the last value is shown", async () => {
  const exchange = await execute(`
    class Handle { constructor(readonly name: string) {} [Symbol.dispose]() { console.log("closed " + this.name); } }
    using first = new Handle("a"); using second = new Handle("b");
    console.log("open");
    first.name + second.name`);
  expect(resultOf(exchange)).toEqual({ "text/plain": "'ab'" });
  expect(textOf(exchange)).toBe("open\nclosed b\nclosed a\n");
});

test("await using waits for the disposal", async () => {
  const exchange = await execute(`
    await using file = { size: 5, async [Symbol.asyncDispose]() { await null; console.log("closed"); } };
    file.size`);
  expect(resultOf(exchange)).toEqual({ "text/plain": "5" });
  expect(textOf(exchange)).toBe("closed\n");
});

test("for await goes at the top level, over asynchronous and over plain items", async () => {
  const exchange = await execute(`
    async function* tiles() { yield 1; await null; yield 2; }
    let sum = 0;
    for await (const tile of tiles()) sum += tile;
    for await (const tile of [Promise.resolve(10), 20]) sum += tile;
    sum`);
  expect(resultOf(exchange)).toEqual({ "text/plain": "33" });
});

test("an await in a function that isn't async is still an error, in a nested block none", async () => {
  expect(tracebackOf(await execute("function wait() { await null; }"))).toContain("TS1308");
  expect(
    resultOf(await execute("let seen = 0; if (true) { for (const x of [1, 2]) seen += await x; } seen")),
  ).toEqual({
    "text/plain": "3",
  });
});

test("Node's newer methods have types", async () => {
  expect(resultOf(await execute("[3, 1, 2].toSorted().findLast((n) => n < 3)"))).toEqual({
    "text/plain": "2",
  });
});

test("types of TypeScript 5.9 check: satisfies, const type parameters, inferred predicates", async () => {
  expect(
    resultOf(
      await execute(
        "const names = [1, null, 2].filter((n) => n !== null); function list<const T>(items: T) { return items; } const [x]: readonly [1, 2] = list([1, 2] as const) satisfies readonly number[]; names[0].toFixed(1) + x",
      ),
    ),
  ).toEqual({ "text/plain": "'1.01'" });
});

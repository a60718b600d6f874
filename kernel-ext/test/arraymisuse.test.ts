import { afterAll, beforeAll, expect, test } from "vitest";
import { tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// Python raises an error where an array stands for one truth value; TypeScript takes any object for true.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.client.execute(`import { imshow, label, NdArray, watershed, zeros } from "bioengine";
const image = zeros([20, 30]);
const mask = label(image.greater(0));
const cells = mask.greater(0);
const images = [image];
let kept: NdArray | undefined;
const found = images.find((each) => each.size === 7);
const count = 3;`);
}, 60_000);
afterAll(() => kernel.stop());

const traceback = async (code: string): Promise<string> => tracebackOf(await kernel.client.execute(code));

test.each([
  ["mask.greater(0) && image.greater(50)", "mask.greater(0).logicalAnd(image.greater(50))"],
  ["cells || image.greater(50)", "cells.logicalOr(image.greater(50))"],
  [
    "cells && !(image.less(3) || mask.less(1))",
    "cells.logicalAnd(image.less(3).logicalOr(mask.less(1)).logicalNot())",
  ],
  ["const dark = image.less(9); dark && cells", "dark.logicalAnd(cells)"],
  ["imshow(!mask.greater(0))", "mask.greater(0).logicalNot()"],
  ["mask.greater(0) & image.greater(50)", "mask.greater(0).logicalAnd(image.greater(50))"],
  ["mask | cells", "mask.logicalOr(cells)"],
  ["cells ^ image.greater(50)", "cells.notEqual(image.greater(50))"],
  ["mask != 3", "mask.notEqual(3)"],
  ["image ** 2", "image.power(2)"],
  ["~cells", "cells.logicalNot()"],
  ["watershed(-image, mask)", "image.multiply(-1)"],
  ["-image.subtract(3)", "image.subtract(3).multiply(-1)"],
])("%s is an error with its methods", async (code, advice) => {
  expect(await traceback(code)).toContain(`There are no operators for it: ${advice}`);
});

test.each([
  ["if (mask.greater(0)) count;", "mask.greater(0)"],
  ["while (cells) count;", "cells"],
  ["const color = cells ? 1 : 2;", "cells"],
  ["if (count > 2 && (image.greater(5))) count;", "image.greater(5)"],
  ["if (cells && image.greater(5)) count;", "cells.logicalAnd(image.greater(5))"],
  ["const isBright = image.greater(50) && count > 3;", "image.greater(50)"],
])("%s is an error with what asks for one truth value", async (code, array) => {
  expect(await traceback(code)).toContain(
    `Ask for any or all of its elements: ${array}.any() or ${array}.all()`,
  );
});

test("constants that are made of each other are TypeScript's own error", async () => {
  expect(await traceback("const one = other, other = one; if (one) count;")).toContain("(TS2448)");
});

test("conditions between which arrays have no operator are one error, with what else is wrong beside them", async () => {
  const text = await traceback("const both = (image > 3) & (mask < 5); missing");
  expect(text.match(/TS\d+/g)).toEqual(["TS2736", "TS2304"]);
  expect(text).toContain("There are no operators for it: image.greater(3).logicalAnd(mask.less(5))");
});

test("an array that is negated for an argument is one error", async () => {
  expect((await traceback("watershed(-image, mask)")).match(/TS\d+/g)).toEqual(["TS2736"]);
});

test.each([
  "if (!kept) kept = image;",
  "found || image",
  "found ? 1 : 2",
  "const first = images[3]; if (first || images[2]) count;",
  "if (images.pop()) count;",
  "function area(other?: NdArray) { if (other && other.size > 3) return 1; return other ? 2 : 3; }",
  "const either: NdArray | undefined = image.greater(3); if (either) count;",
  "mask.greater(0).any() && !mask.all()",
  "-image.max() + ~count",
])("%s runs: the array may be missing, or is none", async (code) => {
  expect(await traceback(code)).toBe("");
});

import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { convexHullImage } from "../src";
import recorded from "./fixtures/convexhull.json";

test.each(recorded.map(({ shape, mask, hull }) => [shape.join(" × "), { shape, mask, hull }] as const))(
  "convexHullImage() of a mask of %s is scikit-image's",
  (_, { shape, mask, hull }) => {
    const found = convexHullImage(ndarray(Uint8Array.from(mask), shape));
    expect(Array.from(found.data)).toEqual(hull);
  },
);

test("convexHullImage() takes all labels together, and of nothing there is none", () => {
  const labels = ndarray([[5, 0, 0, -2]], undefined, { dtype: "int32" });
  expect(Array.from(convexHullImage(labels).data)).toEqual([1, 1, 1, 1]);
  expect(convexHullImage(zeros([3, 4], "bool")).sum()).toBe(0);
  expect(() => convexHullImage(zeros([3, 4]))).toThrow("use convexHullImage(image.greater(0))");
  expect(() => convexHullImage(zeros([1, 3, 4], "uint8"))).toThrow(
    "the axes must be [y, x], got shape [1, 3, 4]",
  );
});

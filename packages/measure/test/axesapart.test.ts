import { type NdArray, ndarray, stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { findBoundaries, label, regionpropsTable, touchingLabels } from "../src/index";

const frames = [
  [
    [1, 1, 0, 0],
    [1, 1, 0, 0],
    [0, 0, 2, 2],
  ],
  [
    [1, 1, 0, 0],
    [1, 1, 0, 3],
    [0, 0, 0, 3],
  ],
];
const arrayOf = (axes?: string): NdArray => {
  const plain = ndarray(frames).astype("uint8");
  return axes === undefined ? plain : plain.withMetadata({ axes });
};

test.each(["TYX", "CYX"])("label() joins no objects of one plane of %s with the next one's", (axes) => {
  const image = arrayOf(axes);
  expect(() => label(image)).toThrow("use label(image.at(0)) for one");
  const error = (() => {
    try {
      return label(image);
    } catch (cause) {
      return String(cause);
    }
  })();
  const [, all] = /, (stack.*) for all$/.exec(String(error)) ?? [];
  const whole = new Function("image", "stack", "label", `return ${all}`)(image, stack, label);
  expect([whole.axes, whole.role, whole.at(0).max(), whole.at(1).max()]).toEqual([axes, "labels", 2, 2]);
});

test("label() takes an array without axes, or with Z, for a volume", () => {
  // The first objects of both planes touch, and so do the others; over corners all are one.
  expect(label(arrayOf().greater(0)).max()).toBe(1);
  expect(label(arrayOf("ZYX").greater(0), { connectivity: 1 }).max()).toBe(2);
});

test("what goes by neighbours refuses channels and frames", () => {
  expect(() => findBoundaries(arrayOf("TYX"))).toThrow(
    "use findBoundaries(mask.at(0)) for one frame, stack(",
  );
  expect(() => touchingLabels(arrayOf("TYX"))).toThrow(
    "use touchingLabels(mask.at(0)) for one frame, Array.from(",
  );
  expect(() => regionpropsTable(arrayOf("CYX"))).toThrow("use regionpropsTable(mask.at(0)) for one channel");
  expect(regionpropsTable(arrayOf("TYX")).column("area")).toEqual(Float64Array.of(4, 2, 4, 2));
});

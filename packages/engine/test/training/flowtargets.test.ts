import { expect, test } from "vitest";
import { flowTargets } from "../../src/training/flowtargets";
import { fixture } from "../fixture";

const images = fixture("targets.bin.gz", []);

for (const name of ["nuclei", "drawn", "filled"]) {
  test(`flowTargets() points where cellpose's masks_to_flows does: ${name}`, () => {
    const labels = images[`${name} labels`];
    const [height, width] = labels.shape;
    const flows = flowTargets(labels.astype("int32").data, height, width);
    const stored = images[`${name} flows`].data as Uint16Array;
    const expected = Array.from(stored, (value) => (value - 32768) / 32767);
    // Where cellpose's direction comes from rounding alone, there is none to compare with.
    const differences = expected.map((value, index) =>
      stored[index] === 0 ? 0 : Math.abs(value - flows[index]),
    );
    // The file's steps are 3e-5; the rest is for another order of the sums.
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    expect(expected.filter(Boolean).length).toBeGreaterThan(50);
  });
}

test("flowTargets() leaves the labels alone and points along a line to its middle", () => {
  const labels = Int32Array.of(0, 7, 7, 7, -1);
  expect([...flowTargets(labels, 1, 5)]).toEqual([0, 0, 0, 0, 0, 0, 1, 0, -1, 0]);
  expect([...labels]).toEqual([0, 7, 7, 7, -1]);
});

test("flowTargets() of an image without masks has no flows", () => {
  expect(flowTargets(new Int32Array(12), 3, 4)).toEqual(new Float32Array(24));
});

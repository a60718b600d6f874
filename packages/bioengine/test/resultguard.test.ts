import { zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { guardResults } from "../src/resultguard";

const info = { serverUrl: "", modelName: "stardist", modelVersion: "1", milliseconds: 1 };
const guarded = () => guardResults({ mask: zeros([2, 2], "uint16"), info: ["{}"], __info__: info });

test("guardResults() tells where the mask is that was asked for by another name", async () => {
  const results = guarded();
  for (const name of ["masks", "labels", "segmentation", "output"]) {
    expect(() => results[name]).toThrow(
      `Cannot read results.${name}: the model's outputs are mask, info; use results.mask`,
    );
  }
  await expect(Promise.resolve(guarded()).then(({ masks }) => masks)).rejects.toThrow("use results.mask");
});

test("guardResults() leaves alone what the results have, and names that are no mask's", async () => {
  const results = await Promise.resolve(guarded());
  expect(results.mask.shape).toEqual([2, 2]);
  expect(Object.keys(results)).toEqual(["mask", "info", "__info__"]);
  expect(results.flows).toBeUndefined();
  expect("masks" in results).toBe(false);
  expect(JSON.parse(JSON.stringify(results)).info).toEqual(["{}"]);
});

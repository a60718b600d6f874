import { expect, test } from "vitest";
import { checkOptions, nearestName, nearestOption } from "../src/index";

test.each([
  ["stradist", ["cellpose-python", "stardist"], "stardist"],
  ["meanArea", ["area", "area_mean"], "area_mean"],
  ["aera", ["perimeter", "area"], "area"],
  ["perimetre", ["perimeter", "area"], "perimeter"],
  ["toJSON", ["area", "label"], undefined],
  ["x", [], undefined],
])("nearestName(%s)", (name, names, meant) => {
  expect(nearestName(name, names)).toBe(meant);
});

test.each([
  ["intensity_image", "image"],
  ["server_url", "serverUrl"],
  ["url", "serverUrl"],
  ["timeoutMs", "timeout"],
  ["tiemout", "timeout"],
  ["tim", "timeout"],
  ["ti", undefined],
  ["colour", undefined],
])("nearestOption(%s)", (name, meant) => {
  expect(nearestOption(name, ["image", "serverUrl", "timeout"])).toBe(meant);
});

test("checkOptions() refuses what is no option, naming the one that was meant", () => {
  const check = (options: unknown) => () =>
    checkOptions({ action: "blur", options: ["sigma", "mode"], aliases: { std: "sigma" } }, options);
  expect(check({ sigma: 2 })).not.toThrow();
  expect(check({ sigmas: 2 })).toThrow(
    "Cannot blur: options must be among sigma, mode, got sigmas; write { sigma: … }",
  );
  expect(check({ std: 2 })).toThrow("got std; write { sigma: … }");
  expect(check({ colour: 2 })).toThrow(/got colour$/);
  for (const options of [2, null, [2]]) {
    expect(check(options)).toThrow("Cannot blur: options must be an object such as { sigma: … }, got ");
  }
});

import { zeros } from "@bioengine/ndarray";
import { InputError } from "@bioengine/triton";
import { expect, test } from "vitest";
import { argumentOf } from "../src/input";

const image = zeros([2, 2]);
const url = "https://example.org/a.npy";

test("argumentOf() takes one input as it is, also out of an array", () => {
  expect(argumentOf(image, "execute a")).toBe(image);
  expect(argumentOf([image], "execute a")).toBe(image);
  expect(argumentOf(url, "execute a")).toBe(url);
});

test("argumentOf() takes inputs by name", () => {
  const options = [{ image, url }, new Map(Object.entries({ image, url }))];
  for (const inputs of options) {
    const named = Object.entries(argumentOf(inputs, "execute a"));
    expect(named.map(([name]) => name)).toEqual(["image", "url"]);
    expect(named[0][1]).toBe(image);
    expect(named[1][1]).toBe(url);
  }
});

test("argumentOf() refuses all else, and shows what to write", () => {
  const messages: [unknown, string][] = [
    [
      [image, image],
      "inputs must be one array or URL, or an object of several by name such as { image, prompts }, got an array of 2",
    ],
    [
      [],
      "inputs must be one array or URL, or an object of several by name such as { image, prompts }, got an array of 0",
    ],
    [{}, "inputs must have at least one array or URL, got none"],
    [undefined, "inputs must be an NdArray or the URL of an array, got undefined"],
    ["", 'inputs must be an NdArray or the URL of an array, got ""'],
    [
      new Uint8Array(4),
      "inputs must be an NdArray or the URL of an array, got a Uint8Array; write ndarray(values, shape)",
    ],
    [
      [[1, 2]],
      "inputs[0] must be an NdArray or the URL of an array, got an array of 2; write ndarray(values, shape)",
    ],
    [{ image: 3 }, "input image must be an NdArray or the URL of an array, got 3"],
  ];
  for (const [inputs, message] of messages) {
    expect(() => argumentOf(inputs, "execute a")).toThrow(new InputError(`Cannot execute a: ${message}`));
  }
});

import { expect, test } from "vitest";
import { DecodeError, type MaskPayload, parseMaskPayload } from "../src/index";

const minimal: MaskPayload = {
  version: 1,
  id: "3f2a",
  width: 4,
  height: 2,
  count: 3,
  maxLabel: 9,
  labels: { encoding: "u16-deflate", data: "eJw=" },
  digest: "3 objects",
};

const complete: MaskPayload = {
  ...minimal,
  image: { mimeType: "image/webp", data: "UklGRg==", width: 4, height: 2 },
  title: "Nuclei",
  spacing: [0.5, 0.65],
  unit: "µm",
};

const stack: MaskPayload = {
  ...complete,
  stack: { axis: "t", planes: 3 },
  image: { mimeType: "image/png", data: "iVBORw==", width: 2, height: 6 },
};

const comparison: MaskPayload = {
  ...minimal,
  comparison: {
    labels: { encoding: "u16-deflate", data: "eJw=" },
    maxLabel: 4,
    mask: { extra: [1], merged: [], split: [9] },
    expected: { missed: [], merged: [2, 3], split: [] },
  },
};

const measured: MaskPayload = {
  ...complete,
  measurement: { name: "area", unit: "µm²", labels: [2, 9], values: [12.5, -3] },
};

test.each([minimal, complete, stack, comparison, measured])(
  "parseMaskPayload() returns what it was given",
  (payload) => {
    expect(parseMaskPayload(JSON.parse(JSON.stringify(payload)))).toEqual(payload);
  },
);

test("parseMaskPayload() leaves unknown fields out", () => {
  expect(parseMaskPayload({ ...minimal, later: 1 })).toEqual(minimal);
});

test.each([
  ["the payload must be an object, got null", "", null],
  ["the payload must be an object, got an array of 5", "", [1, 2, 3, 4, 5]],
  ["version must be 1, got nothing", "version", { ...minimal, version: undefined }],
  ["must be 1 (update the BioEngine extension to show it), got 2", "version", { ...minimal, version: 2 }],
  ["id must be a string, got 5", "id", { ...minimal, id: 5 }],
  ["width must be an integer from 1 to 268435456, got 0", "width", { ...minimal, width: 0 }],
  ["height must be an integer from 1 to 268435456, got 2.5", "height", { ...minimal, height: 2.5 }],
  ["at most 268435456 pixels", "width", { ...minimal, width: 2 ** 20, height: 2 ** 20 }],
  ["maxLabel must be an integer from 0 to 4294967295", "maxLabel", { ...minimal, maxLabel: 2 ** 32 }],
  ["count must be an integer from 0 to 8, got 10", "count", { ...minimal, count: 10 }],
  ['got "3"', "count", { ...minimal, count: "3" }],
  ['labels must be an object, got "eJw="', "labels", { ...minimal, labels: "eJw=" }],
  [
    "one of u16-deflate, u32-deflate",
    "labels.encoding",
    { ...minimal, labels: { encoding: "zip", data: "" } },
  ],
  [
    "labels.data must be a string, got nothing",
    "labels.data",
    { ...minimal, labels: { encoding: "u16-deflate" } },
  ],
  ["image/webp", "image.mimeType", { ...complete, image: { ...complete.image, mimeType: "image/svg+xml" } }],
  ["got -1", "image.width", { ...complete, image: { ...complete.image, width: -1 } }],
  ["planes must be an integer from 2", "stack.planes", { ...stack, stack: { axis: "z", planes: 1 } }],
  ["must be one of z, t", "stack.axis", { ...stack, stack: { axis: "c", planes: 3 } }],
  ['got "4×2×100000000"', "width", { ...stack, stack: { axis: "z", planes: 1e8 } }],
  ["a multiple of 3 planes, got 7", "image.height", { ...stack, image: { ...stack.image, height: 7 } }],
  [
    "must be labels from 0 to 4294967295, got [1,-2]",
    "comparison.mask.extra",
    {
      ...comparison,
      comparison: { ...comparison.comparison, mask: { extra: [1, -2], merged: [], split: [] } },
    },
  ],
  [
    "must be 2 numbers, one for each label, got [1]",
    "measurement.values",
    { ...measured, measurement: { name: "area", labels: [2, 9], values: [1] } },
  ],
  [
    'must be 1 numbers, one for each label, got ["1"]',
    "measurement.values",
    { ...measured, measurement: { name: "area", labels: [2], values: ["1"] } },
  ],
  [
    "must be labels from 0 to 4294967295, got [1.5]",
    "measurement.labels",
    { ...measured, measurement: { name: "area", labels: [1.5], values: [1] } },
  ],
  ["name must be a string", "measurement.name", { ...measured, measurement: { labels: [], values: [] } }],
  [
    "must be an object, got nothing",
    "comparison.labels",
    { ...comparison, comparison: { mask: {}, expected: {} } },
  ],
  ["spacing must be two positive numbers [y, x], got [1]", "spacing", { ...complete, spacing: [1] }],
  ["got [1,0]", "spacing", { ...complete, spacing: [1, 0] }],
  ["digest must be a string, got nothing", "digest", { ...minimal, digest: undefined }],
])("parseMaskPayload() says what is wrong: %s", (message, field, json) => {
  expect(() => parseMaskPayload(json)).toThrow(`Cannot read mask payload: `);
  expect(() => parseMaskPayload(json)).toThrow(message);
  expect(() => parseMaskPayload(json)).toThrow(expect.objectContaining({ field, name: "DecodeError" }));
  expect(() => parseMaskPayload(json)).toThrow(DecodeError);
});

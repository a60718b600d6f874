import { expect, test } from "vitest";
import { ImageLevels } from "../src/mask/imagelevels";

const picture = (...colours: number[][]) =>
  Uint8ClampedArray.from(colours.flatMap((colour) => [...colour, 255]));

test("ImageLevels names the channels that differ", () => {
  const names = (pixels: Uint8ClampedArray) => new ImageLevels(pixels).channels.map(({ name }) => name);
  expect(names(picture([9, 9, 9], [70, 71, 70]))).toEqual([]);
  expect(names(picture([9, 80, 9], [70, 0, 72]))).toEqual(["Green", "Magenta"]);
  expect(names(picture([9, 80, 200], [70, 0, 5]))).toEqual(["Red", "Green", "Blue"]);
});

test("ImageLevels.range() leaves the darkest percent and the brightest five hundredth out", () => {
  // 0 to 199 once each, 2 dark outliers and 1 bright one.
  const levels = Array.from({ length: 200 }, (_, level) => [level + 20, level, 0]);
  const image = new ImageLevels(picture(...levels, [0, 0, 0], [0, 0, 0], [255, 0, 0]));
  expect(image.range(0)).toEqual({ black: 20 / 255, white: 255 / 255 });
  expect(image.range(1)).toEqual({ black: 0, white: 199 / 255 });
  expect(image.range(2)).toEqual({ black: 0, white: 1 });
  expect(image.range(null)).toEqual({ black: 0, white: 1 });
});

import { expect, test } from "vitest";
import { applyTone, isPlain, PLAIN_TONE, type Tone } from "../src/mask/tone";

function shown(part: Partial<Tone>): number[] {
  const pixels = Uint8ClampedArray.of(51, 102, 204, 255, 0, 255, 153, 0);
  applyTone(pixels, { ...PLAIN_TONE, ...part });
  return [...pixels];
}

test("applyTone() leaves the picture as it is in the plain tone", () => {
  expect(isPlain(PLAIN_TONE)).toBe(true);
  expect(shown({})).toEqual([51, 102, 204, 255, 0, 255, 153, 0]);
});

// 51, 102, 153 and 204 are a fifth, two, three and four fifths of 255.
test("applyTone() stretches between black and white", () => {
  expect(shown({ black: 0.2, white: 0.6 })).toEqual([0, 128, 255, 255, 0, 255, 255, 0]);
});

test("applyTone() lifts dark levels by the gamma: 0.2 and 0.8 to the power of one half", () => {
  expect(shown({ gamma: 2 })).toEqual([114, 161, 228, 255, 0, 255, 198, 0]);
});

test("applyTone() shows one channel as grey", () => {
  expect(shown({ channel: 2 })).toEqual([204, 204, 204, 255, 153, 153, 153, 0]);
});

test("applyTone() makes a step where black and white meet", () => {
  expect(shown({ black: 0.4, white: 0.4 }).slice(0, 3)).toEqual([0, 0, 255]);
});

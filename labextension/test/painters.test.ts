import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserPage, openPage } from "./browserpage";

let opened: BrowserPage;

beforeAll(async () => {
  opened = await openPage();
});

afterAll(() => opened?.close());

const look = {
  viewport: { left: -24, top: 0, scale: 200 / 96 },
  mode: "fill",
  opacity: 0.4,
  tone: { channel: null, black: 0.1, white: 0.7, gamma: 1.5 },
  isDraft: false,
  hovered: 6,
  pixelRatio: 1,
};

// They sample and smooth edges in their own ways, so single pixels on borders may differ.
test.each([
  ["the contours of another mask", look, [7], 1, true],
  ["fill", look, [], 1],
  ["a selection", look, [6, 7], 1],
  ["32-bit labels", look, [3], 1_000_000],
  ["contours", { ...look, mode: "contours" }, [2], 1],
  ["the image alone", { ...look, mode: "off" }, [], 1],
  ["one channel", { ...look, tone: { channel: 2, black: 0, white: 0.5, gamma: 0.6 } }, [], 1],
  ["a magnified part", { ...look, viewport: { left: 20.3, top: 31.7, scale: 9 } }, [6], 1],
  ["a reduced mask", { ...look, viewport: { left: -100, top: -60, scale: 1 } }, [11], 1],
] as const)("WebGL and software painter agree on %s", async (_, look, selected, step, contours = false) => {
  const settings = JSON.stringify({ look, selected, step, contours });
  const difference = await opened.page.evaluate(
    `import("/test/paintings.ts").then((m) => m.difference(${settings}))`,
  );
  expect(difference).toBeLessThan(0.01);
});

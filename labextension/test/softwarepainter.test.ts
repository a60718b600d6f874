import { expect, test } from "vitest";
import { LabelMap } from "../src/mask/labelmap";
import { type Look, Scene } from "../src/mask/scene";
import { rasterizeOverlay } from "../src/mask/softwarepainter";
import { PLAIN_TONE } from "../src/mask/tone";

const pixels = [
  "........",
  ".11111..",
  ".11111..",
  ".11111..",
  ".11111..",
  ".1111122",
  "......22",
  "........",
].flatMap((line) => [...line].map((sign) => (sign === "." ? 0 : Number(sign))));

const look: Look = {
  viewport: { left: 0, top: 0, scale: 1 },
  mode: "fill",
  opacity: 0.4,
  tone: PLAIN_TONE,
  isDraft: false,
  hovered: 0,
  pixelRatio: 1,
};
const makeScene = () => new Scene(new LabelMap(Uint16Array.from(pixels), 8, 8), []);

/** Of each pixel: "." clear, "f" fill, "h" hovered fill, "c" contour, "W" and "K" the selection's white and black. */
function draw(scene: Scene, part: Partial<Look> = {}): string[] {
  const words = rasterizeOverlay(scene, { ...look, ...part }, 1, 8, 8);
  const signs = [...words].map((word) => {
    if (word === 0xffffffff) return "W";
    if (word === 0xff000000) return "K";
    return { 0: ".", 102: "f", 166: "h", 204: "c" }[word >>> 24] ?? "?";
  });
  return Array.from({ length: 8 }, (_, row) => signs.slice(8 * row, 8 * row + 8).join(""));
}

test("rasterizeOverlay() fills labels and draws their contours inside them", () => {
  expect(draw(makeScene())).toEqual([
    "........",
    ".ccccc..",
    ".cfffc..",
    ".cfffc..",
    ".cfffc..",
    ".ccccccc",
    "......cc",
    "........",
  ]);
});

test("rasterizeOverlay() draws contours alone, and nothing when the overlay is off", () => {
  expect(draw(makeScene(), { mode: "contours" })[3]).toBe(".c...c..");
  expect(draw(makeScene(), { mode: "off" }).join("")).toMatch(/^\.+$/);
});

test("rasterizeOverlay() marks the label under the pointer", () => {
  expect(draw(makeScene(), { hovered: 1 })[3]).toBe(".chhhc..");
});

test("rasterizeOverlay() draws a selected label in white with black around it", () => {
  const scene = makeScene();
  scene.select([2]);
  expect(draw(scene)).toEqual([
    "........",
    ".ccccc..",
    ".cfffc..",
    ".cfffc..",
    ".cfffKKK",
    ".ccccKWW",
    ".....KWW",
    ".....KKK",
  ]);
  scene.select([]);
  expect(draw(scene)).toEqual(draw(makeScene()));
});

test("rasterizeOverlay() leaves what is outside the mask clear, also beside a selected label", () => {
  const scene = makeScene();
  scene.select([2]);
  const shifted = draw(scene, { viewport: { left: 4, top: 3, scale: 1 } });
  expect(shifted.map((line) => line.slice(4)).join("")).toMatch(/^\.+$/);
  expect(shifted.slice(5).join("")).toMatch(/^\.+$/);
});

test("rasterizeOverlay() has the colours of the scene", () => {
  const scene = makeScene();
  const word = rasterizeOverlay(scene, look, 1, 8, 8)[8 * 3 + 3];
  expect([word & 255, (word >> 8) & 255, (word >> 16) & 255]).toEqual([...scene.colors.subarray(4, 7)]);
});

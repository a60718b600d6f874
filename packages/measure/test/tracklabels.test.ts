import { stack } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { type TrackLabelsOptions, trackLabels } from "../src/index";
import { drawn, picture } from "./grid";

/** Frames as they are drawn, one below the other, with the tracks as [label, start, end, parent]. */
function tracked(frames: string[][], options?: TrackLabelsOptions) {
  const { labels, tracks } = trackLabels(stack(frames.map((lines) => drawn(...lines))), options);
  return {
    frames: [...labels].map(picture),
    tracks: tracks.rows().map(({ label, start, end, parent }) => [label, start, end, parent]),
  };
}

test("trackLabels() gives an object one label in all frames, and a new one to what appears", () => {
  expect(
    tracked([
      ["55.....", "55...2.", ".....2."],
      [".77....", ".77..3.", ".....3."],
      [".11..2.", ".11..2.", "4......"],
    ]),
  ).toEqual({
    frames: [
      ["22.....", "22...1.", ".....1."],
      [".22....", ".22..1.", ".....1."],
      [".22..1.", ".22..1.", "3......"],
    ],
    tracks: [
      [1, 0, 2, 0],
      [2, 0, 2, 0],
      [3, 2, 2, 0],
    ],
  });
});

test("trackLabels() ends a track that divides, and begins its daughters with it as parent", () => {
  expect(
    tracked([
      ["111111.", "111111."],
      ["222333.", "22.333."],
      ["2..333.", "2...33."],
    ]),
  ).toEqual({
    frames: [
      ["111111.", "111111."],
      ["222333.", "22.333."],
      ["2..333.", "2...33."],
    ],
    tracks: [
      [1, 0, 0, 0],
      [2, 1, 2, 1],
      [3, 1, 2, 1],
    ],
  });
});

test("trackLabels() takes debris within an object's place for no division", () => {
  const { tracks } = tracked([
    ["11111111", "11111111"],
    ["222222.3", "2222222."],
  ]);
  expect(tracks).toEqual([
    [1, 0, 1, 0],
    [2, 1, 1, 0],
  ]);
});

test("trackLabels() continues a track after a gap, if one is allowed", () => {
  const frames = [["11.2"], ["...2"], ["33.2"]];
  expect(tracked(frames).tracks).toEqual([
    [1, 0, 0, 0],
    [2, 0, 2, 0],
    [3, 2, 2, 0],
  ]);
  expect(tracked(frames, { maxGap: 1 })).toEqual({
    frames: [["11.2"], ["...2"], ["11.2"]],
    tracks: [
      [1, 0, 2, 0],
      [2, 0, 2, 0],
    ],
  });
  expect(tracked([["11"], [".."], [".."], ["11"]], { maxGap: 1 }).tracks).toHaveLength(2);
  expect(tracked([["11"], [".."], [".."], ["11"]], { maxGap: 2 }).tracks).toHaveLength(1);
});

test("trackLabels() assigns so that the overlaps are largest in all", () => {
  // Each for itself, 1 would take 4 (IoU 3/9, and 2/8 with 3) and leave 2 (2/7) with nothing.
  expect(tracked([["...1111122.."], ["333334444444"]], { threshold: 0.1 }).frames[1]).toEqual([
    "111112222222",
  ]);
});

test("trackLabels() follows volumes", () => {
  const volume = stack([drawn("1."), drawn("1.")]);
  const { labels, tracks } = trackLabels(stack([volume, volume]));
  expect(labels.shape).toEqual([2, 2, 1, 2]);
  expect(tracks.row(0)).toEqual({ label: 1, start: 0, end: 1, parent: 0 });
});

test("trackLabels() names what it needs", () => {
  expect(() => trackLabels(drawn("1"))).toThrow(
    "Cannot track labels: the axes must be [t, y, x] or [t, z, y, x], got shape [1, 1]",
  );
  const film = stack([drawn("1")]);
  expect(() => trackLabels(film, { threshold: 0 })).toThrow("threshold must be above 0 and at most 1, got 0");
  expect(() => trackLabels(film, { maxGap: 0.5 })).toThrow(
    "maxGap must be a number of frames from 0, got 0.5",
  );
});

test("trackLabels() shows how to make a film of frames", () => {
  expect(() => trackLabels([] as never)).toThrow(
    "an NdArray is needed, got object; use stack([first, second])",
  );
});

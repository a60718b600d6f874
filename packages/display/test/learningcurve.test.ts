import { expect, test, vi } from "vitest";
import { type LearningCurve, learningCurve } from "../src/index";
import { publishedOutput, tslab } from "./publishedoutput";

const published = publishedOutput();
const heads = () => published.map(({ data }) => data["text/plain"]!.split("\n")[0]);

const { stderr } = process;

const after = (done: number, status: string, fraction?: number): LearningCurve => ({
  title: "train",
  epochs: 1000,
  losses: Array.from({ length: done }, (_, i) => 1 / (i + 1)),
  status,
  ...(fraction === undefined ? {} : { fraction }),
});

test("learningCurve() appears at once, is updated in its place and ends as a chart", () => {
  const live = learningCurve(after(0, "starting", 0));
  expect(heads()).toEqual(["train: starting."]);
  live.update(after(1, "epoch 2", 0.1));
  vi.advanceTimersByTime(200);
  live.finish(after(2, "done in 31.2 s"));
  expect(heads()).toEqual(["train: starting.", "train: epoch 2.", "train: done in 31.2 s."]);
  expect(published.map(({ isUpdate }) => isUpdate)).toEqual([false, true, true]);
  expect(new Set(published.map(({ transient }) => transient.display_id)).size).toBe(1);
  expect(published.map(({ data }) => "text/html" in data)).toEqual([true, true, false]);
  expect(published.at(-1)!.data).toHaveProperty("image/png");
});

test("learningCurve() shows five states a second at most, and the last one always", () => {
  const live = learningCurve(after(0, "starting", 0));
  for (let i = 1; i <= 1000; i++) {
    live.update(after(i, `epoch ${i}`, i / 1000));
    vi.advanceTimersByTime(1);
  }
  expect(published.length).toBeGreaterThanOrEqual(5);
  expect(published.length).toBeLessThanOrEqual(6);
  vi.advanceTimersByTime(200);
  expect(heads().at(-1)).toBe("train: epoch 1000.");
  const { length } = published;
  vi.advanceTimersByTime(5000);
  expect(published).toHaveLength(length);
});

test("learningCurve() is shown by training that leaves no turn to timers", () => {
  const live = learningCurve(after(0, "starting", 0));
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 250);
  live.update(after(1, "epoch 2", 0.1));
  expect(heads()).toEqual(["train: starting.", "train: epoch 2."]);
});

test("learningCurve() is over once it is finished, even with a fraction left in", () => {
  const live = learningCurve(after(0, "starting", 0));
  live.update(after(1, "epoch 2", 0.1));
  live.finish(after(1, "stopped", 0.1));
  live.update(after(2, "late", 0.2));
  live.finish(after(2, "again"));
  vi.advanceTimersByTime(5000);
  expect(heads()).toEqual(["train: starting.", "train: stopped."]);
  expect(published.at(-1)!.data).not.toHaveProperty("text/html");
});

test("learningCurve() stays in the cell where the training began", () => {
  const live = learningCurve(after(0, "starting", 0));
  const later = vi.fn();
  tslab.lastWriteDisplayData = later;
  live.finish(after(1, "done"));
  expect(published).toHaveLength(2);
  expect(later).not.toHaveBeenCalled();
});

test("learningCurve() refuses at once what is no curve, and does not break what is trained later", () => {
  const wrong = { ...after(1, "epoch 2", 0.1), losses: [undefined] } as unknown as LearningCurve;
  expect(() => learningCurve(wrong)).toThrow(TypeError);
  expect(published).toEqual([]);
  const live = learningCurve(after(0, "starting", 0));
  expect(() => live.update(wrong)).toThrow("losses must be numbers, got undefined at index 0");
  expect(() => live.finish(wrong)).toThrow(TypeError);
  // The array may change after it was checked.
  const losses: unknown[] = [1];
  live.update({ ...after(1, "epoch 2", 0.1), losses: losses as number[] });
  losses.push("x");
  expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
  tslab.lastWriteDisplayData = () => {
    throw new Error("the socket is closed");
  };
  expect(() => learningCurve(after(0, "starting", 0)).finish(after(1, "done"))).not.toThrow();
});

test("outside of a kernel learningCurve() writes nothing, or one line that rewrites itself in a terminal", () => {
  tslab.lastWriteDisplayData = null;
  const write = vi.spyOn(stderr, "write").mockReturnValue(true);
  const run = () => {
    const live = learningCurve(after(0, "starting", 0));
    live.update(after(1, "s".repeat(500), 0.1));
    vi.advanceTimersByTime(200);
    live.finish(after(2, "done in 3 s"));
  };
  stderr.isTTY = false;
  run();
  expect(write).not.toHaveBeenCalled();
  stderr.isTTY = true;
  run();
  const written = write.mock.calls.map(([text]) => String(text));
  const width = (stderr.columns || 80) - 1;
  expect(written).toHaveLength(3);
  for (const text of written.slice(0, 2)) expect(text.length).toBeLessThanOrEqual(width + 4);
  expect(written[0]).toBe("\r\x1b[Ktrain: starting. Epochs: 0 of 1000.");
  expect(written[2]).toBe(
    "\r\x1b[Ktrain: done in 3 s. Epochs: 2 of 1000. Loss: first 1, last 0.5, best 0.5 (epoch 2).\n",
  );
});

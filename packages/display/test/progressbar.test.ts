import { expect, test, vi } from "vitest";
import { progressBar } from "../src/index";
import { publishedOutput, tslab } from "./publishedoutput";

const published = publishedOutput();
const texts = () => published.map(({ data }) => data["text/plain"]);
const lastHtml = () => published.at(-1)!.data["text/html"]!;

const { stderr } = process;

test("progressBar() shows nothing of work that ends within a second", () => {
  const bar = progressBar("execute stardist");
  bar.update({ text: "sending", fraction: 0.5 });
  vi.advanceTimersByTime(999);
  bar.finish("done");
  vi.advanceTimersByTime(5000);
  expect(published).toEqual([]);
});

test("progressBar() appears by itself, is updated in its place and ends as a line", () => {
  const bar = progressBar("execute cellpose-python");
  bar.update({ text: "sending 10 MB of 50 MB", fraction: 0.2 });
  bar.update({ text: "sending 37 MB of 50 MB", fraction: 0.74 });
  vi.advanceTimersByTime(1000);
  expect(texts()).toEqual(["execute cellpose-python: sending 37 MB of 50 MB, 74 %"]);
  bar.update({ text: "the model runs" });
  vi.advanceTimersByTime(200);
  bar.finish("125 objects in 4 s");
  expect(texts().slice(1)).toEqual([
    "execute cellpose-python: the model runs",
    "execute cellpose-python: 125 objects in 4 s",
  ]);
  expect(published.map(({ isUpdate }) => isUpdate)).toEqual([false, true, true]);
  const ids = new Set(published.map(({ transient }) => transient.display_id));
  expect(ids.size).toBe(1);
  expect([...ids][0]).toMatch(/\S{8}/);
  expect(lastHtml()).not.toContain("progressbar");
});

test("two bars have places of their own", () => {
  progressBar("one", { delayMs: 0 });
  progressBar("two", { delayMs: 0 });
  vi.advanceTimersByTime(1);
  expect(new Set(published.map(({ transient }) => transient.display_id)).size).toBe(2);
});

test("progressBar() shows five states a second at most, and the last one always", () => {
  const bar = progressBar("count", { delayMs: 0 });
  for (let i = 1; i <= 1000; i++) {
    bar.update({ text: `${i} of 1000`, fraction: i / 1000 });
    vi.advanceTimersByTime(1);
  }
  expect(published.length).toBeGreaterThanOrEqual(5);
  expect(published.length).toBeLessThanOrEqual(6);
  vi.advanceTimersByTime(200);
  expect(texts().at(-1)).toBe("count: 1000 of 1000, 100 %");
  const { length } = published;
  vi.advanceTimersByTime(5000);
  expect(published).toHaveLength(length);
});

test("progressBar() is shown by work that leaves no turn to timers", () => {
  const bar = progressBar("pack");
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 1500);
  bar.update({ text: "packing", fraction: 0.5 });
  expect(texts()).toEqual(["pack: packing, 50 %"]);
});

test("progressBar() shows nothing after its end", () => {
  const bar = progressBar("execute", { delayMs: 0 });
  vi.advanceTimersByTime(1);
  bar.update({ text: "sending" });
  bar.finish("done");
  bar.update({ text: "late" });
  bar.finish("again");
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual(["execute", "execute: done"]);
});

test("progressBar() stays in the cell where the work began", () => {
  const bar = progressBar("execute", { delayMs: 0 });
  vi.advanceTimersByTime(1);
  const later = vi.fn();
  tslab.lastWriteDisplayData = later;
  bar.finish("done");
  expect(texts()).toEqual(["execute", "execute: done"]);
  expect(later).not.toHaveBeenCalled();
});

test("progressBar() is a progress bar to a screen reader, with its share from 0 to 100", () => {
  const bar = progressBar("execute", { delayMs: 0 });
  bar.update({ text: "sending", fraction: 0.256 });
  vi.advanceTimersByTime(200);
  expect(lastHtml()).toContain(
    'role="progressbar" aria-label="execute" aria-valuemin="0" aria-valuemax="100"',
  );
  expect(lastHtml()).toContain('aria-valuenow="26" aria-valuetext="sending, 26 %"');
  expect(lastHtml()).toContain("width: 25.6%");
});

test("progressBar() of an unknown share shows activity and no value", () => {
  const bar = progressBar("execute", { delayMs: 0 });
  for (const fraction of [undefined, Number.NaN]) {
    bar.update({ text: "the model runs", fraction });
    vi.advanceTimersByTime(200);
    expect(lastHtml()).not.toContain("aria-valuenow");
    expect(lastHtml()).toContain('<div class="bioengine-activity">');
    expect(texts().at(-1)).toBe("execute: the model runs");
  }
});

test.each([
  [-0.5, "0 %"],
  [1.5, "100 %"],
  [0.9999, "100 %"],
])("progressBar() takes the share %d for %s", (fraction, percent) => {
  progressBar("execute", { delayMs: 0 }).update({ text: "", fraction });
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([`execute, ${percent}`]);
});

test("progressBar() shows markup as text", () => {
  const bar = progressBar('<b> & "quotes"', { delayMs: 0 });
  bar.update({ text: "<script>alert(1)</script>", fraction: 0.5 });
  vi.advanceTimersByTime(1);
  bar.finish("<i>done</i>");
  const html = published.map(({ data }) => data["text/html"]).join("");
  expect(html).not.toMatch(/<(b|script|i)>/);
  expect(html).toContain('aria-label="&lt;b&gt; &amp; &quot;quotes&quot;"');
  expect(texts().at(-1)).toBe('<b> & "quotes": <i>done</i>');
});

test("a publisher that fails does not break the work", () => {
  tslab.lastWriteDisplayData = () => {
    throw new Error("the socket is closed");
  };
  const bar = progressBar("execute", { delayMs: 0 });
  vi.advanceTimersByTime(1);
  expect(() => {
    bar.update({ text: "sending" });
    vi.advanceTimersByTime(200);
    bar.finish("done");
  }).not.toThrow();
});

test("outside of a kernel progressBar() writes nothing, or one line that rewrites itself in a terminal", () => {
  tslab.lastWriteDisplayData = null;
  const write = vi.spyOn(stderr, "write").mockReturnValue(true);
  const run = () => {
    const bar = progressBar("execute", { delayMs: 0 });
    bar.update({ text: "x".repeat(500), fraction: 0.5 });
    vi.advanceTimersByTime(1);
    bar.finish("done");
  };
  stderr.isTTY = false;
  run();
  expect(write).not.toHaveBeenCalled();
  stderr.isTTY = true;
  run();
  const written = write.mock.calls.map(([text]) => String(text));
  const width = (stderr.columns || 80) - 1;
  expect(written).toEqual([
    `\r\x1b[K${`execute: ${"x".repeat(width)}`.slice(0, width)}`,
    "\r\x1b[Kexecute: done\n",
  ]);
});

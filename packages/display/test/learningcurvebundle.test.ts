import { expect, test } from "vitest";
import { type LearningCurve, learningCurveBundle } from "../src/index";
import { decodeImage } from "./decode";

const vega = "application/vnd.vegalite.v5+json";
const blue = [0x68, 0x75, 0xf6];
const ochre = [0xb3, 0x79, 0x03];
const pink = [0xe2, 0x34, 0x8d];

interface Spec {
  title: { text: string; subtitle: string[] };
  background: string;
  concat: {
    data: { values: { epoch: number; value: number; run: number }[] };
    layer: {
      data?: { values: { epoch: number; value: unknown }[] };
      mark: { type: string; text?: string };
      encoding: { x: Axis; y: Axis };
    }[];
  }[];
}
interface Axis {
  scale: { domain: number[] };
  axis: { values: number[] };
}

const curve: LearningCurve = {
  title: "train membranes",
  epochs: 5,
  losses: [4, 2, 1],
  validation: [0.5, 0.75, 1],
  status: "stopped after 3 of 5 epochs",
};
const changed = (changes: Partial<LearningCurve>): LearningCurve => ({ ...curve, ...changes });

const specOf = (one: LearningCurve): Spec => JSON.parse(JSON.stringify(learningCurveBundle(one).data[vega]));
const svgOf = (one: LearningCurve) => String(learningCurveBundle(one).data["image/svg+xml"]);
const htmlOf = (one: LearningCurve) => String(learningCurveBundle(one).data["text/html"]);
const textOf = (one: LearningCurve) => String(learningCurveBundle(one).data["text/plain"]);

const lines = (svg: string) => [...svg.matchAll(/<path d="([^"]+)" stroke="#6875f6"/g)].map(([, d]) => d);
const dots = (svg: string, colour: string) =>
  [...svg.matchAll(/<circle cx="([^"]+)" cy="([^"]+)" r="2" fill="([^"]+)"/g)]
    .filter((dot) => dot[3] === colour)
    .map(([, x, y]) => [Number(x), Number(y)]);

/** An SVG as Skia reads it, which refuses what is not well-formed. */
const drawSvg = (svg: string) => decodeImage(Buffer.from(svg).toString("base64"));

test("learningCurveBundle() of a training that runs is HTML and text, and has no HTML when it is over", () => {
  const types = (one: LearningCurve) => Object.keys(learningCurveBundle(one).data);
  expect(types(changed({ fraction: 0.5 }))).toEqual(["text/html", "text/plain"]);
  expect(types(curve)).toEqual([vega, "image/svg+xml", "image/png", "text/plain"]);
});

test("learningCurveBundle() tells the training in words", () => {
  expect(textOf(changed({ before: 0.25 }))).toBe(
    [
      "train membranes: stopped after 3 of 5 epochs.",
      "Epochs: 3 of 5.",
      "Loss: first 4, last 1, best 1 (epoch 3).",
      "Validation F1 (IoU 0.5): 0.25 before training, 1 after epoch 3, best 1 (epoch 3).",
    ].join("\n"),
  );
  expect(textOf({ title: "", epochs: 2, losses: [], validation: [], status: "starting…" })).toBe(
    "starting…\nEpochs: 0 of 2.\nValidation F1 (IoU 0.5): not measured yet.",
  );
  expect(textOf(changed({ validation: undefined, losses: [0.123456] }))).toBe(
    "train membranes: stopped after 3 of 5 epochs.\nEpochs: 1 of 5.\nLoss: first 0.123, last 0.123, best 0.123 (epoch 1).",
  );
});

test.each<[string, Partial<LearningCurve>, string | undefined]>([
  ["a loss that falls", {}, undefined],
  ["a loss that rose", { losses: [1, 0.5, 1.25] }, "the loss rose from 1 to 1.25."],
  [
    "a loss that is not finite",
    { losses: [1, Number.NaN, Number.POSITIVE_INFINITY] },
    "the loss is not finite in 2 of 3 epochs, first in epoch 2: a smaller learning rate may help.",
  ],
  [
    "a validation that fell three times",
    { validation: [0.7, 0.8, 0.6, 0.5, 0.4] },
    "validation F1 fell in each of the last 3 epochs, a sign of overfitting, best 0.8 (epoch 2).",
  ],
  ["a validation that fell twice", { validation: [0.7, 0.8, 0.6, 0.5] }, undefined],
  ["a validation that was not measured in between", { validation: [0.8, 0.7, Number.NaN, 0.5] }, undefined],
  [
    "a validation that was best before",
    { before: 0.9, validation: [0.8, 0.85, 0.9] },
    "no epoch is better on the validation images than before training.",
  ],
  [
    "a validation that fell from the start",
    { before: 0.9, validation: [0.8, 0.7, 0.6] },
    "validation F1 fell in each of the last 3 epochs, a sign of overfitting, best 0.9 (before training).",
  ],
])("learningCurveBundle() of %s warns if need be", (_, changes, warning) => {
  const found = textOf(changed(changes))
    .split("\n")
    .filter((line) => line.startsWith("Warning: "));
  expect(found).toEqual(warning ? [`Warning: ${warning}`] : []);
});

test("the text has at most 600 characters, and its warnings in full", () => {
  const epochs = 1_000_000;
  const text = textOf({
    title: "t".repeat(1000),
    status: "s".repeat(1000),
    epochs,
    losses: [-1.23e-100, Number.NaN, ...Array<number>(9997).fill(-3.45e-200), 1.23e-101],
    validation: [...Array<number>(9996).fill(0.000123), 0.000122, 0.000121, 0.00012],
    before: 0.000111,
  });
  expect(text.length).toBeLessThanOrEqual(600);
  expect(text).toMatch(/overfitting, best 0\.000123 \(epoch 1\)\.$/);
  expect(text).toContain("the loss rose");
});

test("the SVG has its points where they belong", () => {
  // Panels begin at x = 52 and 372, are 250 wide for epochs 1 to 5, and go from y = 226 (0) up to 76 (4, and 1).
  const svg = svgOf(curve);
  expect(lines(svg)).toEqual(["M52,76L114.5,151 177,188.5"]);
  expect(dots(svg, "#6875f6")).toEqual([
    [52, 76],
    [114.5, 151],
    [177, 188.5],
  ]);
  expect(dots(svg, "#b37903")).toEqual([
    [372, 151],
    [434.5, 113.5],
    [497, 76],
  ]);
  expect(svg).toContain('<circle cx="497" cy="76" r="6" stroke="#b37903"');
  // With a value before training, the axis begins at 0: epoch 1 of 5 is at 52 + 250 / 5.
  expect(dots(svgOf(changed({ before: 0 })), "#6875f6")[0]).toEqual([102, 76]);
  expect(dots(svgOf(changed({ before: 0 })), "#b37903")[0]).toEqual([372, 226]);
});

test("SVG and PNG show the same picture", async () => {
  const bundle = learningCurveBundle(curve);
  const svg = await drawSvg(String(bundle.data["image/svg+xml"]));
  const png = await decodeImage(bundle.data["image/png"]);
  expect([svg.width, svg.height]).toEqual([640, 266]);
  expect([png.width, png.height]).toEqual([1280, 532]);
  expect(bundle.metadata["image/png"]).toMatchObject({ width: 640, height: 266 });
  for (const [x, y, colour] of [
    [2, 2, [255, 255, 255]],
    [114.5, 151, blue],
    [177, 188.5, blue],
    [83.25, 113.5, blue],
    [434.5, 113.5, ochre],
    [497, 76, ochre],
    [240, 226, [0xa0, 0xa0, 0xa0]],
  ] as const) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    for (const found of [svg.at(row, column), png.at(2 * row, 2 * column)]) {
      // A pixel may lie half on a line that is 1.75 wide.
      for (const c of [0, 1, 2]) expect(Math.abs(found[c]! - colour[c]!), `${x}, ${y}`).toBeLessThan(60);
    }
  }
});

test("a loss that is not finite breaks the line and is crossed, also in the PNG", async () => {
  // Half of 8, so that all is where epochs 1, 2, 5 of 5 are.
  const one = changed({ losses: [8, 4, Number.NaN, Number.NEGATIVE_INFINITY, 6] });
  const svg = svgOf(one);
  expect(svg.replace(/aria-label=".*?"/, "")).not.toMatch(/NaN|Infinity/);
  // Ticks 0, 5, 10: 8 is at 226 - 120, 4 at 226 - 60, 6 at 226 - 90. A run of one value is a dot.
  expect(lines(svg)).toEqual(["M52,106L114.5,166", "M302,136L302,136"]);
  expect(svg.match(/stroke="#e2348d"/g)).toHaveLength(4);
  const png = await decodeImage(learningCurveBundle(one).data["image/png"]);
  expect(png.at(2 * 219, 2 * 177)).toEqual(pink);
  const [loss] = specOf(one).concat;
  expect(loss!.data.values).toEqual([
    { epoch: 1, value: 8, run: 0 },
    { epoch: 2, value: 4, run: 0 },
    { epoch: 5, value: 6, run: 1 },
  ]);
  const crossed = loss!.layer
    .flatMap(({ data }) => data?.values ?? [])
    .filter(({ value }) => value === "not finite");
  expect(crossed.map(({ epoch }) => epoch)).toEqual([3, 4]);
});

test("a panel names the newest loss, also one that is not finite, and the newest validation that was measured", () => {
  const svg = svgOf(changed({ losses: [2, 1, Number.NaN], validation: [0.5, 0.75, Number.NaN] }));
  expect([...svg.matchAll(/font-weight="600" fill="#(?!3)\w+">([^<]+)</g)].map(([, name]) => name)).toEqual([
    "loss NaN",
    "validation F1 0.75",
  ]);
});

test("a validation that was not measured leaves a gap and no cross", () => {
  const svg = svgOf(changed({ validation: [0.5, Number.NaN, 1] }));
  expect(dots(svg, "#b37903")).toHaveLength(2);
  expect(svg).not.toContain("#e2348d");
});

test.each([
  ["no epoch", changed({ losses: [], validation: [] })],
  ["no epoch with a value before", changed({ losses: [], validation: [], before: 0.5 })],
  ["one epoch", { title: "", epochs: 1, losses: [0.5], validation: [0.5], status: "" }],
  ["one epoch, not finite", { title: "", epochs: 1, losses: [Number.NaN], status: "done" }],
  ["a loss of 0", changed({ losses: [0, 0, 0] })],
  ["losses below 0", changed({ losses: [1, -0.5, -3] })],
  ["tiny losses", changed({ losses: [3e-9, 2e-9, 1e-9] })],
  ["more epochs than planned", changed({ epochs: 2 })],
])("learningCurveBundle() of %s is a picture within its frame", async (_, one) => {
  const svg = svgOf(one);
  await drawSvg(svg);
  expect(svg).not.toMatch(/="[^"]*(NaN|undefined|Infinity)[^"]*"(?<!aria-label="[^"]*")/);
  const width = Number(svg.match(/width="(\d+)"/)![1]);
  for (const [, x, y] of svg.matchAll(/c?x="([^"]+)" c?y="([^"]+)"/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(0);
    expect(Number(x)).toBeLessThanOrEqual(width);
    expect(Number(y)).toBeGreaterThanOrEqual(0);
    expect(Number(y)).toBeLessThanOrEqual(266);
  }
  for (const { layer } of specOf(one).concat) {
    const { x, y } = layer[0]!.encoding;
    for (const { domain } of [x.scale, y.scale]) expect(domain[1]).toBeGreaterThan(domain[0]!);
    expect(x.axis.values.every(Number.isInteger)).toBe(true);
  }
});

test("the axes stay as they are while a training runs", () => {
  const domains = Array.from({ length: 5 }, (_, done) => {
    const { concat } = specOf({ ...curve, losses: [4, 2, 1, 0.5].slice(0, done), validation: [] });
    return concat.map(({ layer }) => [layer[0]!.encoding.x.scale.domain, layer[0]!.encoding.y.scale.domain]);
  });
  for (const [loss, validation] of domains) {
    expect(loss![0]).toEqual([1, 5]);
    expect(validation).toEqual([
      [1, 5],
      [0, 1],
    ]);
  }
  expect(domains.slice(1).map(([loss]) => loss![1])).toEqual(Array(4).fill([0, 4]));
});

test("the chart has its data, loads nothing and suits any background", () => {
  const spec = specOf(changed({ before: 0.25 }));
  const [loss, validation] = spec.concat;
  expect(loss!.data.values.map(({ epoch, value }) => [epoch, value])).toEqual([
    [1, 4],
    [2, 2],
    [3, 1],
  ]);
  expect(validation!.data.values.map(({ epoch, value }) => [epoch, value])).toEqual([
    [0, 0.25],
    [1, 0.5],
    [2, 0.75],
    [3, 1],
  ]);
  expect(spec.title).toMatchObject({ text: "train membranes", subtitle: ["stopped after 3 of 5 epochs"] });
  expect(specOf(changed({ status: "done in 6 s; saved as m.onnx" })).title.subtitle).toEqual([
    "done in 6 s",
    "saved as m.onnx",
  ]);
  expect(spec.background).toBe("transparent");
  expect(JSON.stringify(spec)).not.toMatch(/"(url|href|usermeta|transform|params)"/);
  expect(specOf(changed({ validation: undefined })).concat).toHaveLength(1);
});

test("a thousand epochs stay small, and keep the peaks and the last values", () => {
  const losses = Array.from({ length: 1000 }, (_, i) => (i === 513 ? 77.7 : 10 / (i + 1) + 0.001 * (i % 7)));
  const validation = losses.map((_, i) => (i === 700 ? 0.99 : 0.5 + 0.0001 * (i % 13)));
  const one: LearningCurve = { ...curve, epochs: 1000, losses, validation, before: 0.1 };
  const { "image/png": _, ...rest } = learningCurveBundle(one).data;
  expect(JSON.stringify(rest).length).toBeLessThan(40_000);
  expect(htmlOf({ ...one, fraction: 0.9 }).length).toBeLessThan(40_000);
  const [loss, f1] = specOf(one).concat.map(({ data }) => data.values);
  expect(loss).toContainEqual({ epoch: 514, value: 77.7, run: 0 });
  expect(f1).toContainEqual({ epoch: 701, value: 0.99, run: 0 });
  for (const [values, first] of [
    [loss!, 1],
    [f1!, 0],
  ] as const) {
    expect([values[0]!.epoch, values.at(-1)!.epoch]).toEqual([first, 1000]);
    expect(values.length).toBeLessThanOrEqual(162);
  }
});

test("every other epoch not finite: a thousand of them stay small too", () => {
  const losses = Array.from({ length: 1000 }, (_, i) => (i % 2 ? Number.NaN : 1 + (i % 5)));
  const { "image/png": _, ...rest } = learningCurveBundle({ ...curve, epochs: 1000, losses }).data;
  expect(JSON.stringify(rest).length).toBeLessThan(40_000);
});

test("titles show as text, whatever is in them", async () => {
  const title = `<script>alert("1")</script> & 'x'`;
  const status = "<img src=x onerror=alert(1)>";
  const over = svgOf(changed({ title, status }));
  const live = htmlOf(changed({ title, status, fraction: 0.5 }));
  await drawSvg(over);
  for (const markup of [over, live]) {
    expect(markup).not.toMatch(/<(script|img)/);
    expect(markup).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;");
  }
  expect(specOf(changed({ title, status })).title).toMatchObject({ text: title, subtitle: [status] });
});

test("learningCurveBundle() tells screen readers what it shows, and its status as it changes", () => {
  const label =
    "train membranes: stopped after 3 of 5 epochs. Epochs: 3 of 5. Loss: first 4, last 1, best 1 (epoch 3). " +
    "Validation F1 (IoU 0.5): 1 after epoch 3, best 1 (epoch 3).";
  expect(svgOf(curve)).toContain(`role="img" aria-label="${label}"`);
  expect(learningCurveBundle(curve).metadata["image/png"]).toMatchObject({ alt: label });
  expect(specOf(curve)).toMatchObject({ description: label });
  const html = htmlOf(changed({ fraction: 0.256 }));
  expect(html).toContain(`role="img" aria-label="${label}"`);
  expect(html).toContain('<div role="status" aria-live="polite">stopped after 3 of 5 epochs</div>');
  expect(html).toContain('role="progressbar" aria-label="train membranes"');
  expect(html).toContain('aria-valuenow="26" aria-valuetext="stopped after 3 of 5 epochs"');
  expect(html).toContain("<title>epoch 2: loss 2</title>");
});

test.each([
  [-1, "0.0%"],
  [2, "100.0%"],
  [Number.NaN, "0.0%"],
])("the bar of a training shows the share %d as %s and never moves by itself", (fraction, width) => {
  const html = htmlOf(changed({ fraction }));
  expect(html).toContain(`width: ${width}`);
  expect(html).not.toMatch(/<animate|animation|transition/);
});

test.each<[Partial<Record<keyof LearningCurve, unknown>>, typeof Error, string]>([
  [{ title: 3 }, TypeError, "title must be a string, got 3"],
  [{ status: undefined }, TypeError, "status must be a string, got undefined"],
  [{ epochs: 0 }, RangeError, "epochs must be an integer from 1, got 0"],
  [{ epochs: 2.5 }, RangeError, "epochs must be an integer from 1, got 2.5"],
  [{ losses: "1" }, TypeError, "losses must be an array of numbers, got 1"],
  [{ losses: [1, null] }, TypeError, "losses must be numbers, got null at index 1"],
  [{ validation: [0.5, "1"] }, TypeError, "validation must be numbers, got 1 at index 1"],
  [{ validation: [50] }, RangeError, "validation must be from 0 to 1, got 50"],
  [{ before: -0.5 }, RangeError, "validation must be from 0 to 1, got -0.5"],
  [{ fraction: "half" }, TypeError, "before and fraction must be numbers, got half"],
])("learningCurveBundle() refuses: %#", (changes, kind, message) => {
  const draw = () => learningCurveBundle({ ...curve, ...changes } as LearningCurve);
  expect(draw).toThrow(kind);
  expect(draw).toThrow(`Cannot draw a learning curve: ${message}`);
});

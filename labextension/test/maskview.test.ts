import { maskBundle } from "@bioengine/display";
import { MASK_MIME } from "@bioengine/mime";
import { ndarray } from "@bioengine/ndarray";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserPage, openPage } from "./browserpage";
import { CELL, colourOf, image, mask, patience, payloadOf, SIDE, showMasks, takePicture } from "./discs";

let opened: BrowserPage;

beforeAll(async () => {
  opened = await openPage();
});

afterAll(() => opened?.close());

const show = (...payloads: unknown[]) => showMasks(opened.page, ...payloads);
const picture = (name: string) => takePicture(opened.page, name);

/** Mean red, green and blue of the canvas. */
const meanColour = (): Promise<number[]> =>
  opened.page.locator(".be-Mask canvas").evaluate(async (canvas: HTMLCanvasElement) => {
    await new Promise(requestAnimationFrame);
    const { width, height } = canvas;
    const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    const sums = [0, 0, 0];
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) sums[i % 4] += data[i] / (width * height);
    return sums;
  });

test("MaskView shows one channel of the image, and stretches its contrast", async () => {
  const { page } = opened;
  await show(payloadOf({ image, title: "Discs" }));
  await page.locator('.be-Switch input[value="off"]').check({ force: true });
  const [red, green, blue] = await meanColour();
  expect(Math.abs(red - blue)).toBeLessThan(2);
  expect(Math.abs(red - green)).toBeGreaterThan(20);
  await page.getByRole("button", { name: "Contrast of the image" }).click();
  await page.getByLabel("Channel of the image").selectOption("Green");
  const grey = await meanColour();
  for (const level of grey) expect(level).toBeCloseTo(green, 0);
  await page.getByLabel("Lift what is dark").fill("75");
  expect((await meanColour())[0]).toBeGreaterThan(green + 10);
  await picture("contrast");
});

/** The canvas's place on the page, in CSS pixels. */
async function canvasBox() {
  const box = await opened.page.locator(".be-Mask canvas").first().boundingBox();
  if (!box) throw new Error("The canvas has no size");
  return box;
}

/** Press, move and release at parts of the canvas. */
async function drag(...path: [number, number][]): Promise<void> {
  const { mouse } = opened.page;
  const { x, y, width, height } = await canvasBox();
  for (const [step, [right, down]] of path.entries()) {
    await mouse.move(x + right * width, y + down * height, { steps: 3 });
    if (step === 0) await mouse.down();
  }
  await mouse.up();
}

const selected = () => opened.page.locator(".be-Mask-selection").innerText();

test("MaskView tells the measurements of the label under the pointer", async () => {
  const { page } = opened;
  await show(payloadOf({ image, title: "Discs", spacing: [0.5, 0.5] }));
  await expect.poll(() => page.locator(".be-Dropdown option").count(), patience).toBeGreaterThan(5);
  const box = await canvasBox();
  await page.mouse.move(box.x + 0.44 * box.width, box.y + 0.44 * box.height);
  const text = await page.locator(".be-Mask-tooltip").innerText();
  const area = mask.data.filter((label) => Number(label) === 28).length / 4;
  expect(text).toMatch(/Label 28\s+area\s+(\S+) µm²/);
  expect(Number(text.match(/area\s+(\S+)/)?.[1])).toBeCloseTo(area, 3);
  await picture("tooltip");
});

test("MaskView selects what is clicked, boxed and lassoed, and Shift adds", async () => {
  const { page } = opened;
  await show(payloadOf({ image, title: "Discs" }));
  await drag([0.06, 0.06]);
  expect(await selected()).toMatch(/^Label 1 /);
  await page.keyboard.down("Shift");
  await drag([0.19, 0.06]);
  expect(await selected()).toMatch(/^2 labels selected/);
  // Two columns of two discs, by their centres; one is selected already.
  await drag([0.13, 0.01], [0.37, 0.24]);
  await page.keyboard.up("Shift");
  expect(await selected()).toMatch(/^5 labels selected/);
  await page.locator('.be-Switch input[value="box"]').check({ force: true });
  await drag([0.99, 0.99], [0.51, 0.01]);
  expect(await selected()).toMatch(/^32 labels selected/);
  await page.locator('.be-Switch input[value="lasso"]').check({ force: true });
  // A triangle along the diagonal, with the first column and the last row.
  await drag([0.01, 0.01], [0.99, 0.99], [0.01, 0.99]);
  const count = Number((await selected()).match(/^\d+/)?.[0]);
  expect(Math.abs(count - 32)).toBeLessThanOrEqual(4);
  await picture("lasso");
  await page.locator(".be-Mask canvas").press("Escape");
  expect(await selected()).toBe("Click a label to select it");
});

test("MaskView zooms by two fingers around them", async () => {
  const { page } = opened;
  await show(payloadOf({ title: "Discs" }));
  const { x, y, width, height } = await canvasBox();
  const touches = await page.context().newCDPSession(page);
  const fingers = (distance: number) =>
    [-1, 1].map((side, id) => ({ x: x + 0.0625 * width + side * distance, y: y + 0.0625 * height, id }));
  for (const [type, touchPoints] of [
    ["touchStart", fingers(8)],
    ["touchMove", fingers(16)],
    ["touchMove", fingers(64)],
    ["touchEnd", []],
  ] as const)
    await touches.send("Input.dispatchTouchEvent", { type, touchPoints: [...touchPoints] });
  await page.mouse.move(x + 0.0625 * width + 3, y + 0.0625 * height + 3);
  // The position that was under the fingers still is, on a pixel eight times as large.
  expect(await page.locator(".be-Mask-position").innerText()).toMatch(/^x 25, y 25$/);
  await page.mouse.move(x + 0.0625 * width + 13, y + 0.0625 * height + 3);
  expect(await page.locator(".be-Mask-position").innerText()).toMatch(/^x 26, y 25$/);
});

test("MaskView leafs through a stack, and follows a selection to its plane", async () => {
  const { page } = opened;
  const planes = [1, 2, 3, 4].map((plane) =>
    mask.data.map((label) =>
      Number(label) > 16 * (plane - 1) && Number(label) <= 16 * plane ? Number(label) : 0,
    ),
  );
  const stack = ndarray(Int32Array.from(planes.flatMap((plane) => [...plane])), [4, SIDE, SIDE]);
  const bundle = maskBundle(stack, { title: "Stack", image: stack.astype("float32") });
  await show(bundle.data[MASK_MIME]);
  const lit = async (label: number) => Math.max(...(await colourOf(opened.page, label))) > 60;
  expect([await lit(1), await lit(33), await lit(64)]).toEqual([false, true, false]);
  await page.locator(".be-Mask canvas").press(",");
  expect(await page.locator(".be-Mask-plane").innerText()).toContain("2 of 4");
  expect([await lit(17), await lit(33)]).toEqual([true, false]);
  await page.getByLabel("Depth: which slice is shown").fill("4");
  expect([await lit(33), await lit(64)]).toEqual([false, true]);
  await page.locator(".be-Mask canvas").press("]");
  expect(await selected()).toMatch(/^Label 1 · area/);
  expect(await page.locator(".be-Mask-plane").innerText()).toContain("1 of 4");
  await page.getByLabel("Depth: which slice is shown").fill("3");
  expect(await selected()).toBe("Label 1 · not in this plane");
  await picture("stack");
});

test("MaskView shows what matches another mask, and what is wrong", async () => {
  const { page } = opened;
  const others = mask.data.map((label, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    if (Number(label) === 64) return 0;
    if (x > 300 && y < 50) return x < 350 ? 7 : 8;
    return Number(label) === 20 && x % CELL > 25 ? 70 : Number(label);
  });
  const compare = ndarray(Int32Array.from(others), [SIDE, SIDE]);
  await show(maskBundle(compare, { compare: mask, image, title: "Compared" }).data[MASK_MIME]);
  const { x, y, width, height } = await canvasBox();
  const told = async (column: number, row: number) => {
    await page.mouse.move(x + ((column + 0.55) / 8) * width, y + ((row + 0.5) / 8) * height);
    return (await page.locator(".be-Mask-tooltip").innerText()).split("\n")[0];
  };
  expect(await told(0, 0)).toBe("Label 1 · matched");
  expect(await told(3, 2)).toBe("Label 70 · split");
  expect(await told(7, 7)).toBe("Label 64 of the other mask · missed");
  await picture("comparison");
  await page.getByLabel("What the colours stand for").selectOption("Label");
  expect(await told(3, 2)).toBe("Label 70");
});

test("MaskView says what is wrong with an output, in that output alone", async () => {
  const { page } = opened;
  const good = payloadOf({ image, title: "<img src=x onerror=alert(1)>" }) as Record<string, unknown>;
  const labels = good.labels as { encoding: string; data: string };
  const hostile = [
    { ...good, labels: { ...labels, data: labels.data.slice(0, 200) } },
    { ...good, width: 1e9 },
    { ...good, stack: { axis: "z", planes: 2 } },
    { ...good, image: { mimeType: "image/png", data: "PHN2Zz4=", width: 4, height: 4 } },
    { ...good, comparison: { labels, maxLabel: 1, mask: {}, expected: {} } },
  ];
  await page.evaluate(
    `import("/test/maskpage.ts").then(async (m) => { await m.showMasks(${JSON.stringify([good, ...hostile])}); })`,
  );
  await expect.poll(() => page.locator('.be-Mask[data-ready="true"]').count(), patience).toBe(1);
  expect(await page.locator(".be-Error").count()).toBe(hostile.length);
  for (const text of await page.locator(".be-Error").allInnerTexts())
    expect(text).toMatch(/^Cannot \w+ .*: /);
  expect(await page.locator(".be-Mask img, .be-Mask script").count()).toBe(0);
});

/** What a button saves, as text or bytes. */
async function saved(name: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    opened.page.waitForEvent("download"),
    opened.page.getByRole("button", { name }).click(),
  ]);
  const stream = await download.createReadStream();
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(pieces) };
}

test("MaskView saves the picture as PNG, and as SVG with a shape for each label", async () => {
  const { page } = opened;
  await show(payloadOf({ image, title: "Discs", spacing: [0.5, 0.5] }));
  await page.getByLabel("What the colours stand for").selectOption("area (µm²)");
  const png = await saved("Save this picture as PNG");
  expect(png.name).toBe("Discs.png");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  const svg = await saved("SVG");
  expect(svg.name).toBe("Discs.svg");
  const text = svg.bytes.toString();
  expect(text.match(/<path /g)?.length).toBe(64);
  expect(text).toContain(">50 µm</text>");
  expect(text).toContain(">area (µm²)</text>");
  const urls = [
    ["png", png],
    ["svg+xml", svg],
  ].map(([type, file]) => `"data:image/${type};base64,${(file as typeof png).bytes.toString("base64")}"`);
  const difference = await page.evaluate(
    `import("/test/maskpage.ts").then((m) => m.pictureDifference(${urls}))`,
  );
  expect(difference).toBeLessThan(0.03);
});

test("MaskView copies the picture", async () => {
  const { page } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await show(payloadOf({ title: "Discs" }));
  await page.getByRole("button", { name: "Copy this picture" }).click();
  await expect.poll(selected, patience).toBe("Copied");
  const types = await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types);
  expect(types).toEqual(["image/png"]);
});

test("MaskView copies the selection as TypeScript", async () => {
  const { page } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await show(payloadOf({ title: "Discs" }));
  // Label 2 first: the code has them in ascending order.
  await drag([0.19, 0.06]);
  await page.keyboard.down("Shift");
  await drag([0.06, 0.06]);
  await page.keyboard.up("Shift");
  await page.getByRole("button", { name: "Copy the selection as TypeScript" }).click();
  await expect.poll(selected, patience).toBe("Selection copied: paste it into a cell");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("const selected = [1, 2];\n");
  await takePicture(page.locator(".be-Mask"), "maskcode");
});

test("MaskView lets go of its image out of sight, and has it again in sight", async () => {
  const { page } = opened;
  const payload = payloadOf({ image, title: "Discs" });
  await page.evaluate(() => {
    const closed = ImageBitmap.prototype.close;
    ImageBitmap.prototype.close = function () {
      document.body.dataset.closed = String(1 + Number(document.body.dataset.closed ?? 0));
      closed.call(this);
    };
  });
  await show(payload);
  const before = await meanColour();
  const closings = () => page.evaluate(() => Number(document.body.dataset.closed ?? 0));
  const start = await closings();
  await page.evaluate(() => {
    document.body.style.paddingTop = "5000px";
  });
  await expect.poll(closings, patience).toBe(start + 1);
  await page.evaluate(() => {
    document.body.style.paddingTop = "0";
  });
  await drag([0.06, 0.06]);
  expect(await selected()).toMatch(/^Label 1 /);
  await drag([0.5, 0.125]);
  // But for the label under the pointer, which is lit; without the image nearly all would be black.
  const change = async () =>
    Math.max(...(await meanColour()).map((level, i) => Math.abs(level - before[i]!)));
  await expect.poll(change, patience).toBeLessThan(1);
});

test("MaskView fills the screen, and comes back", async () => {
  const { page } = opened;
  await show(payloadOf({ image, title: "Discs" }));
  const before = await canvasBox();
  const button = page.getByRole("button", { name: "Full screen, and back" });
  await button.click();
  await expect.poll(async () => (await canvasBox()).height, patience).toBeGreaterThan(before.height + 100);
  await picture("fullscreen");
  const inside = await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight);
  expect(inside).toBe(true);
  await button.click();
  await expect.poll(canvasBox, patience).toEqual(before);
});

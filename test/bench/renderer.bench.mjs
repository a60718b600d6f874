// The mask viewer in Chromium without a GPU: from an output's data to its first picture, each redrawing while it moves,
// and the answer to the pointer, on bundles that the kernel side makes.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { maskBundle } from "@bioengine/display";
import { ndarray } from "bioengine";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { randomOf } from "./client/image.mjs";
import { median, ms } from "./timing.mjs";

const root = join(fileURLToPath(import.meta.url), "../../..");
const mime = "application/vnd.bioengine.mask+json";
const cellsAcross = 45;
const runs = 5;
const outputs = 30;

const limits = { 2048: { paint: 300 }, 4096: { paint: 1000 } };
const [redrawLimit, hoverLimit] = [33, 5];

/** A square field of 2,025 cells, tilted ellipses, over a noisy image. */
function field(size) {
  const random = randomOf(size);
  const labels = new Int32Array(size * size);
  const image = new Uint16Array(size * size);
  for (let i = 0; i < image.length; i++) image[i] = 200 + 60 * random();
  const pitch = size / cellsAcross;
  for (let cell = 0; cell < cellsAcross ** 2; cell++) {
    const centre = [cell % cellsAcross, Math.floor(cell / cellsAcross)].map(
      (at) => (at + 0.5 + 0.2 * (random() - 0.5)) * pitch,
    );
    const [radius, tilt] = [(0.3 + 0.1 * random()) * pitch, random() - 0.5];
    const reach = Math.ceil(1.3 * radius);
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const [x, y] = [Math.round(centre[0] + dx), Math.round(centre[1] + dy)];
        if (x < 0 || y < 0 || x >= size || y >= size) continue;
        if ((dx + tilt * dy) ** 2 + 1.4 * dy ** 2 > radius ** 2) continue;
        labels[y * size + x] = cell + 1;
        image[y * size + x] += 900 + 300 * random();
      }
  }
  return maskBundle(ndarray(labels, [size, size]), {
    image: ndarray(image, [size, size]),
    spacing: [0.65, 0.65],
  });
}

function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const places = (process.env.PATH ?? "").split(delimiter);
  const found = places.flatMap((place) => names.map((name) => join(place, name))).find(existsSync);
  if (!found) throw new Error("Cannot measure the viewer: a Chromium must be on the PATH, got none");
  return found;
}

/** Megabytes of memory that all of a browser's processes hold, shared pages once for each; Linux only. */
async function memoryOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const kilobytes = processInfo.map(({ id }) =>
    Number(readFileSync(`/proc/${id}/status`, "utf8").match(/RssAnon:\s+(\d+)/)?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** In the page: milliseconds from data to picture, of the redrawings of a drag when zoomed in, and of hovering. */
async function measureViewer({ payload, runs }) {
  const { showMasks } = await import("/test/maskpage.ts");
  const frames = [];
  const request = window.requestAnimationFrame;
  const nextFrame = () => new Promise((resolve) => request(resolve));
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      const started = performance.now();
      callback(time);
      frames.push(performance.now() - started);
    });
  const result = { paint: [], redraw: [], hover: [] };
  for (let run = 0; run <= runs; run++) {
    const started = performance.now();
    const [viewer] = await showMasks([payload]);
    while (!viewer.node.dataset.ready) await nextFrame();
    if (run > 0) result.paint.push(performance.now() - started);
    // The measurements follow the first picture.
    for (let wait = 0; wait < 20; wait++) await nextFrame();
    if (run < runs) viewer.dispose();
  }
  const canvas = document.querySelector(".be-Mask canvas");
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const point = (type, right, down, buttons = 0) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        isPrimary: true,
        buttons,
        clientX: left + right * width,
        clientY: top + down * height,
      }),
    );
  canvas.setPointerCapture = () => {};
  for (const zooms of [0, 2, 2]) {
    for (let zoom = 0; zoom < zooms; zoom++) document.querySelector('[aria-label="Zoom in"]').click();
    await nextFrame();
    frames.length = 0;
    point("pointerdown", 0.5, 0.5, 1);
    for (let step = 1; step <= 20; step++) {
      point("pointermove", 0.5 - step / 60, 0.5 - step / 80, 1);
      await nextFrame();
      await nextFrame();
    }
    point("pointerup", 0.2, 0.3);
    result.redraw.push(...frames);
  }
  for (let step = 0; step < 60; step++) {
    const started = performance.now();
    point("pointermove", 0.1 + step / 80, 0.5);
    result.hover.push(performance.now() - started);
    await nextFrame();
  }
  return result;
}

async function showMany({ payload, outputs }) {
  const { showMasks } = await import("/test/maskpage.ts");
  await showMasks(Array(outputs).fill(payload));
  const ready = () => document.querySelectorAll('.be-Mask[data-ready="true"]').length;
  while (ready() < outputs) await new Promise(requestAnimationFrame);
}

const judged = (value, limit) => `${ms(value)} (${value < limit ? "within" : "OVER"} ${limit} ms)`;

export async function bench() {
  const folder = join(root, "labextension");
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "@bioengine/mime": join(root, "packages/mime/src/index.ts") } },
    optimizeDeps: { noDiscovery: true, include: ["@lumino/widgets"] },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null, fs: { allow: [root] } },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const open = async () => {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/style/mask.css`);
    return page;
  };
  try {
    let smaller;
    for (const [size, { paint }] of Object.entries(limits)) {
      const payload = field(Number(size)).data[mime];
      smaller ??= payload;
      const page = await open();
      const figures = await page.evaluate(measureViewer, { payload, runs });
      console.log(`${size} × ${size} pixels, ${payload.count} labels, medians:`);
      const kilobytes = (JSON.stringify(payload).length / 1000).toFixed(0);
      console.log(
        `  payload        ${kilobytes} kB, of which the image ${(payload.image.data.length / 1000).toFixed(0)} kB`,
      );
      console.log(`  data to paint  ${judged(median(figures.paint), paint)}`);
      console.log(
        `  redraw         ${judged(median(figures.redraw), redrawLimit)}, worst ${ms(Math.max(...figures.redraw))}`,
      );
      console.log(
        `  hover          ${judged(median(figures.hover), hoverLimit)}, worst ${ms(Math.max(...figures.hover))}`,
      );
      await page.close();
    }
    const page = await open();
    const before = await memoryOf(browser);
    const started = performance.now();
    await page.evaluate(showMany, { payload: smaller, outputs });
    const took = performance.now() - started;
    const megabytes = (await memoryOf(browser)) - before;
    console.log(`${outputs} outputs of 2048 × 2048: all painted in ${ms(took)}, ${megabytes.toFixed(0)} MB`);
  } finally {
    await browser.close();
    await server.close();
  }
}

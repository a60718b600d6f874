import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createViteServer } from "vitest/node";
import { browserPath } from "../../test/ui/browser";

let server: Awaited<ReturnType<typeof createViteServer>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const root = join(__dirname, "..");
  server = await createViteServer({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "@bioengine/mime": join(root, "../packages/mime/src/index.ts") } },
    optimizeDeps: { noDiscovery: true },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null, fs: { allow: [join(root, "..")] } },
  });
  await server.listen();
  browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  page = await browser.newPage();
  const address = server.httpServer?.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await page.goto(`http://127.0.0.1:${port}/style/mask.css`);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const look = {
  viewport: { left: -24, top: 0, scale: 200 / 96 },
  mode: "fill",
  opacity: 0.4,
  brightness: 1.5,
  hovered: 6,
  pixelRatio: 1,
};

// They sample and smooth edges in their own ways, so single pixels on borders may differ.
test.each([
  ["fill", look, [], 1],
  ["a selection", look, [6, 7], 1],
  ["32-bit labels", look, [3], 1_000_000],
  ["contours", { ...look, mode: "contours" }, [2], 1],
  ["the image alone", { ...look, mode: "off" }, [], 1],
  ["a magnified part", { ...look, viewport: { left: 20.3, top: 31.7, scale: 9 } }, [6], 1],
  ["a reduced mask", { ...look, viewport: { left: -100, top: -60, scale: 1 } }, [11], 1],
] as const)("WebGL and software painter agree on %s", async (_, look, selected, step) => {
  const settings = JSON.stringify({ look, selected, step });
  const difference = await page.evaluate(
    `import("/test/paintings.ts").then((m) => m.difference(${settings}))`,
  );
  expect(difference).toBeLessThan(0.01);
});

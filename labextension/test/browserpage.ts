import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { createViteServer } from "vitest/node";
import { browserPath } from "../../test/ui/browser";

/** A page of a browser that can import the extension's sources and tests, as `/src/…` and `/test/…`. */
export interface BrowserPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Open an empty page in a headless browser, whose WebGL is computed on the CPU. */
export async function openPage(): Promise<BrowserPage> {
  const root = join(__dirname, "..");
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "@bioengine/mime": join(root, "../packages/mime/src/index.ts") } },
    optimizeDeps: { noDiscovery: true, include: ["@lumino/widgets", "@lumino/datagrid"] },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null, fs: { allow: [join(root, "..")] } },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  const address = server.httpServer?.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await page.goto(`http://127.0.0.1:${port}/style/mask.css`);
  return {
    page,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

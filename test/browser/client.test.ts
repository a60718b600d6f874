import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execute, imread } from "bioengine";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebooks, root } from "../laboratory";
import { type Running, start } from "../program";
import { browserPath } from "../ui/browser";

declare global {
  /** In the page. */
  var client: typeof import("./page");
}

let code: string;
let triton: Running;
let pages: Server;
let browser: Browser;
let page: Page;
let serverUrl: string;

/** The client as a bundler makes it for a web page. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: { entry: join(__dirname, "page.ts"), formats: ["iife"], name: "client", fileName: "client" },
    },
  });
  const [{ output: chunks }] = Array.isArray(output) ? output : [];
  if (chunks.length !== 1 || chunks[0].type !== "chunk") throw new Error("more than one file");
  return chunks[0].code;
}

beforeAll(async () => {
  code = await bundle();
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  triton = await start(process.execPath, [bioengine, "serve", "--port", "0"], /ready at (http:\/\/\S+)/);
  serverUrl = triton.match[1] ?? "";
  pages = createServer((_, response) =>
    response.setHeader("Content-Type", "text/html").end("<!doctype html><title>client</title>"),
  ).listen(0, "127.0.0.1");
  await new Promise((resolve) => pages.once("listening", resolve));
  browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: code });
});

afterAll(async () => {
  await browser?.close();
  pages?.close();
  await triton?.end();
});

test("the client bundles for browsers without a module of Node", () => {
  expect(code).not.toMatch(/node:|node-fetch|require\(|__vite-browser-external/);
});

test("execute() in a page of another origin gives the mask that it gives in Node, and tells how far it is", async () => {
  const image = (await imread(join(notebooks, "data/img2d.tif"))).slice([0, 128], [0, 128]).copy();
  const { mask } = await execute({ inputs: [image, {}], serverUrl, modelName: "stardist" });
  const found = await page.evaluate(
    async ({ serverUrl, data }) => {
      const { execute, ndarray } = client;
      const phases: string[] = [];
      const { mask, __info__ } = await execute({
        inputs: [ndarray(Uint16Array.from(data), [128, 128]), {}],
        serverUrl,
        modelName: "stardist",
        token: "of-a-page",
        onProgress: ({ phase }: { phase: string }) => phases.push(phase),
      });
      return { dtype: mask.dtype, data: [...mask.data], modelName: __info__.modelName, phases };
    },
    { serverUrl, data: [...image.data].map(Number) },
  );
  expect(mask.max()).toBeGreaterThan(3);
  expect(found).toMatchObject({ dtype: "uint16", data: [...mask.data], modelName: "stardist" });
  expect(new Set(found.phases)).toEqual(new Set(["sending", "receiving"]));
});

test("TritonClient and the errors work in a page, too", async () => {
  const { models, messages } = await page.evaluate(async (serverUrl) => {
    const { execute, TritonClient } = client;
    const failure = (options: object) =>
      execute({ serverUrl, modelName: "stardist", inputs: [], ...options }).catch(
        (error: Error) => error.message,
      );
    const index = await new TritonClient({ serverUrl }).getModelRepositoryIndex();
    return {
      models: index.map(({ name }: { name: string }) => name),
      messages: [
        await failure({}),
        await failure({ serverUrl: "http://127.0.0.1:1" }),
        await failure({ tls: { ca: "-----BEGIN CERTIFICATE-----" } }),
      ],
    };
  }, serverUrl);
  expect(models).toEqual(expect.arrayContaining(["cellpose-python", "stardist"]));
  expect(messages[0]).toContain("input image is missing");
  expect(messages[1]).toContain("no server answers at http://127.0.0.1:1");
  expect(messages[2]).toContain("Cannot use tls in a browser");
});

import { chromium, type Page } from "playwright-core";
import { browserPath } from "./browser";

/** A page of a headless browser, and what is wrong with it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors in the browser's console. */
  readonly complaints: readonly string[];
  /** What the page has asked other servers for, as addresses. */
  readonly strangers: readonly string[];
  close(): Promise<void>;
}

/**
 * Open a page and watch it from its first request on.
 *
 * @param server its own server, such as `http://127.0.0.1:8888`
 * @param path from the server's root, with a slash
 */
export async function watchedPage(server: string, path: string): Promise<WatchedPage> {
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1500, height: 1100 } });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const strangers: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server) strangers.push(request.url());
  });
  await page.goto(server + path);
  return { page, complaints, strangers, close: () => browser.close() };
}

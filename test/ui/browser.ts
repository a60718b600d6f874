import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "../laboratory";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome.exe",
  "msedge.exe",
];
const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * Path of a Chromium: the system's, or else the one that Playwright keeps, downloaded on first need.
 *
 * @throws {Error} if there is none and none can be downloaded
 */
export function browserPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const system = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), mac].find(
    existsSync,
  );
  if (system) return system;
  if (!existsSync(chromium.executablePath())) {
    const cli = join(root, "node_modules/playwright-core/cli.js");
    spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit" });
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    "Cannot test JupyterLab: a Chromium must be on the PATH, got none; install it, e.g. apt install chromium",
  );
}

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prefix, root } from "../laboratory";
import { savedMask } from "../notebooks/savedmask";
import { finish, type Running, start } from "../program";
import { expectLinkedViews } from "../ui/linkedviews";
import { pictures } from "../ui/openlab";
import { type WatchedPage, watchedPage } from "../ui/watchedpage";

// JupyterLite is JupyterLab as a folder of files: no server behind it, and here no kernel in it either.

const environment = join(root, ".environments/jupyterlite");
const python = join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
const folder = join(root, "test/output/jupyterlite");
let server: Running;
let lab: WatchedPage;

beforeAll(async () => {
  const { path } = await savedMask("jupyterlite");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "contents"), { recursive: true });
  cpSync(path, join(folder, "contents/nuclei.ipynb"));
  // Where `bioengine lab` has installed the extension.
  const extension = join(prefix, "share/jupyter/labextensions/@bioengine/labextension");
  const { code, output } = await finish(
    python,
    [
      ...["-m", "jupyterlite_core", "build", "--contents", "contents", "--output-dir", "site"],
      `--LiteBuildConfig.federated_extensions=${extension}`,
    ],
    { cwd: folder },
  );
  if (code !== 0) throw new Error(`JupyterLite must be built, got\n${output}`);
  const options = ["--bind", "127.0.0.1", "--directory", join(folder, "site")];
  server = await start(python, ["-u", "-m", "http.server", "0", ...options], /port (\d+)/);
  lab = await watchedPage(`http://127.0.0.1:${server.match[1]}`, "/lab/index.html?path=nuclei.ipynb");
  // Mask and table are in sight at once: JupyterLab takes cells that are not off the page.
  await lab.page.setViewportSize({ width: 1300, height: 1500 });
});

afterAll(async () => {
  await lab?.close();
  await server?.end();
});

test("a saved notebook shows its mask and its table, which follow each other", async () => {
  const dialog = lab.page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await dialog.getByRole("button", { name: "No Kernel" }).click();
  await expectLinkedViews(lab.page);
  await lab.page.screenshot({ path: join(pictures, "jupyterlite.png") });
});

test("the page asks no other host for anything, and its console has no errors", () => {
  expect(lab.strangers).toEqual([]);
  // The browser looks for an icon by itself, where the site has none.
  expect(lab.complaints.filter((complaint) => !complaint.endsWith("/favicon.ico"))).toEqual([]);
});

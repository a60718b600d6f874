import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./laboratory";
import { start } from "./program";

test("bioengine lab leaves nothing in a folder of somebody's own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bioengine-own-"));
  const options = ["--no-browser", "--ServerApp.port=0", "--IdentityProvider.token="];
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const ready = /(http:\/\/(127\.0\.0\.1|localhost):\d+)/;
  const lab = await start(process.execPath, [bioengine, "lab", folder, ...options], ready, { cwd: root });
  try {
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    await lab.end();
    rmSync(folder, { recursive: true, force: true });
  }
});

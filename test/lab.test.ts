import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./laboratory";
import { start } from "./program";

test("bioengine lab and demo say that there is no such folder, and make nothing", () => {
  const here = mkdtempSync(join(tmpdir(), "bioengine-here-"));
  writeFileSync(join(here, "notes.txt"), "");
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  for (const command of ["lab", "demo"]) {
    for (const [name, got] of [
      ["new folder", "nothing"],
      ["notes.txt", "a file"],
    ] as const) {
      const place = join(here, name);
      const { status, stderr } = spawnSync(process.execPath, [bioengine, command, place], {
        cwd: here,
        encoding: "utf8",
      });
      expect(stderr).toContain(
        `Cannot set up JupyterLab: ${place} must be a folder, got ${got}; make a folder first: mkdir "${place}"`,
      );
      expect(status).toBe(1);
    }
  }
  expect(readdirSync(here)).toEqual(["notes.txt"]);
  rmSync(here, { recursive: true });
});

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

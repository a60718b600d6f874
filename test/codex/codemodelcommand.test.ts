import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../laboratory";

const home = mkdtempSync(join(tmpdir(), "bioengine-home-"));
const file = join(home, "codemodel.json");
afterAll(() => rmSync(home, { recursive: true }));

/** Run `bioengine codemodel` with a text on its standard input. */
function codemodel(args: readonly string[], input = "") {
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const env = { ...process.env, BIOENGINE_HOME: home };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bioengine, "codemodel", ...args], {
    input,
    env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("bioengine codemodel keeps address, model and the key of the standard input for the owner alone", () => {
  expect(codemodel([])).toEqual({ status: 0, output: `No code model is set: ${file} does not exist\n` });
  const args = ["--url", "https://models.example.org/v1", "--model", "writer"];
  expect(codemodel(args, "first\n").status).toBe(0);
  if (process.platform !== "win32") chmodSync(file, 0o644);
  const { status, output } = codemodel([...args, "--seconds", "60"], "sk-secret\n");
  expect(status).toBe(0);
  expect(output).toBe(`Kept in ${file}, which you alone can read; notebooks take it at once\n`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    url: "https://models.example.org/v1",
    model: "writer",
    seconds: "60",
    key: "sk-secret",
  });
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(codemodel([]).output).toBe("writer at https://models.example.org/v1/chat/completions, with a key\n");
});

test("bioengine codemodel refuses what can't be used, and keeps what was there", () => {
  const before = existsSync(file) && readFileSync(file, "utf8");
  expect(codemodel(["--model", "writer"])).toEqual({
    status: 1,
    output: "Cannot ask a code model: --url must be an address such as https://host/v1, got nothing\n",
  });
  expect(codemodel(["--url", "https://host/v1"])).toEqual({
    status: 1,
    output: "Cannot ask a code model: --model must be set, got nothing\n",
  });
  expect(existsSync(file) && readFileSync(file, "utf8")).toBe(before);
});

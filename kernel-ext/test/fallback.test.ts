import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { build } from "./build";
import { resultOf, tracebackOf } from "./client";
import { startKernel } from "./kernelprocess";

const own = join(__dirname, "..");
const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`, { paths: [own] }));

test("without its TypeScript the kernel says and compiles with tslab's own", async () => {
  await build();
  const installation = mkdtempSync(join(tmpdir(), "bioengine-installation-"));
  try {
    const kernelFolder = join(installation, "kernel");
    mkdirSync(kernelFolder);
    for (const part of ["dist", "package.json"])
      cpSync(join(own, part), join(kernelFolder, part), { recursive: true });
    for (const name of ["tslab", "zeromq", "@types/node", "fastest-levenshtein", "@bioengine/mime"]) {
      const link = join(installation, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(folderOf(name), link);
    }
    const kernel = await startKernel({}, join(kernelFolder, "dist/main.js"));
    try {
      const { reply } = await kernel.client.request("kernel_info_request");
      expect(reply.language_info.version).toBe("5.0.4");
      expect(resultOf(await kernel.client.execute("const a: number = await 2; a + 1"))).toEqual({
        "text/plain": "3",
      });
      expect(resultOf(await kernel.client.execute("a.toFixed(1)"))).toEqual({ "text/plain": "'2.0'" });
      expect(tracebackOf(await kernel.client.execute("const b: string = a;"))).toContain("TS2322");
    } finally {
      await kernel.stop();
    }
  } finally {
    rmSync(installation, { recursive: true, force: true });
  }
}, 60_000);

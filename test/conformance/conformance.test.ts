import { join } from "node:path";
import { serveModels } from "@bioengine/server/dist/server";
import { expect, test, vi } from "vitest";
import { recordedModels } from "../../packages/server/test/recordedmodels";
import { python } from "../laboratory";
import { finish } from "../program";
import { withTriton } from "../triton/withtriton";

// The official Python clients get the same from this server as from a real Triton.

async function answers(url: string): Promise<Map<string, unknown>> {
  const { code, output } = await finish(python, [join(__dirname, "conform.py"), new URL(url).host]);
  expect(code, output).toBe(0);
  const lines = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return new Map(lines.map(({ asked, answer }) => [String(asked), answer]));
}

withTriton(
  "a real Triton beside startServer()",
  recordedModels.map(({ name }) => name),
  (triton) => {
    test("tritonclient gets the same of both: numbers, strings, compression, errors, sequences, 32 at once", async () => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      const server = await serveModels(recordedModels);
      const own = await answers(server.url);
      await server.close();
      const real = await answers(triton.url);
      expect(own.size).toBeGreaterThanOrEqual(120);
      expect(Object.fromEntries(own)).toEqual(Object.fromEntries(real));
    });
  },
);

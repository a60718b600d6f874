import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const packages = join(import.meta.dirname, "packages");
const alias = Object.fromEntries(
  readdirSync(packages).map((name) => [
    name === "bioengine" ? name : `@bioengine/${name}`,
    join(packages, name, "src/index.ts"),
  ]),
);

// Trained models and downloads of the tests, apart from the user's own; test/run.mjs empties it.
const home = { BIOENGINE_HOME: join(import.meta.dirname, "test/output/home") };
// Tests that compute with ONNX Runtime itself tell nobody either.
const env = { ...home, ORT_DISABLE_TELEMETRY: "1" };

export default defineConfig({
  test: {
    projects: [
      {
        // One package each, on its sources.
        resolve: { alias },
        test: {
          name: "packages",
          env,
          include: ["{packages/*,kernel-ext,labextension}/test/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // What crosses packages, on what was built, as a user has it.
        test: {
          name: "product",
          env,
          include: ["test/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

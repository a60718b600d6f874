import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const packages = join(__dirname, "packages");
const alias = Object.fromEntries(
  readdirSync(packages).map((name) => [
    name === "bioengine" ? name : `@bioengine/${name}`,
    join(packages, name, "src/index.ts"),
  ]),
);

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["{packages/*,kernel-ext,labextension}/test/**/*.test.ts"],
    testTimeout: 30_000,
  },
});

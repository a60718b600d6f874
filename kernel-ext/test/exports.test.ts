import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/kernel exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "codeModelFile",
    "kernelSpec",
    "readCodeModel",
    "saveCodeModel",
    "takeCodeModel",
  ]);
});

test("kernelSpec() is what Jupyter starts and interrupts the kernel by", () => {
  expect(api.kernelSpec({ node: "/bin/node", main: "/k/main.js" })).toEqual({
    argv: ["/bin/node", "--no-force-async-hooks-checks", "/k/main.js", "{connection_file}"],
    display_name: "TypeScript (BioEngine)",
    language: "typescript",
    interrupt_mode: "message",
    env: { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" },
  });
});

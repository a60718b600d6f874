/** What Jupyter reads from `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message";
  env: Record<string, string>;
}

/**
 * Describe the kernel to Jupyter: the content of `kernels/bioengine/kernel.json`.
 *
 * @param command.node path of the Node.js to run, e.g. `process.execPath`
 * @param command.main path of this package's `dist/main.js`
 * @returns a fresh object that `JSON.stringify` takes
 * @example
 * const main = require.resolve("@bioengine/kernel/dist/main.js");
 * JSON.stringify(kernelSpec({ node: process.execPath, main }));
 */
export function kernelSpec(command: { node: string; main: string }): KernelSpec {
  return {
    // Without the flag Node ends the process when a callback is stopped halfway, as an interrupt does.
    argv: [command.node, "--no-force-async-hooks-checks", command.main, "{connection_file}"],
    display_name: "TypeScript (BioEngine)",
    language: "typescript",
    interrupt_mode: "message",
    // On Linux large arrays come in large pages, which are fetched faster than many small ones; others ignore it.
    env: { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" },
  };
}

// @jupyter/builder has no "bin": run its script on this folder.
const { spawnSync } = require("node:child_process");

const builder = spawnSync(
  process.execPath,
  [
    require.resolve("@jupyter/builder/lib/build-labextension.js"),
    "--core-package-file",
    require.resolve("@jupyterlab/core-meta/core.package.json"),
    ...process.argv.slice(2),
    __dirname,
  ],
  { stdio: "inherit" },
);
process.exitCode = builder.status ?? 1;

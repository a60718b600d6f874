// The whole suite: the Python packages that the tests compare with, then every test, then one closing line.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installRequirements, NoDistributionError, setUpEnvironment, setUpTriton } from "./environment.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, "test/output");
mkdirSync(output, { recursive: true });
rmSync(join(output, "home"), { recursive: true, force: true });

// JupyterLab and the sample images come the way a user gets them.
const { setUpLaboratory } = await import(join(root, "packages/bioengine/dist/command/lab.js"));
const { environment } = await setUpLaboratory(join(root, "notebooks"));

installRequirements(environment, "test/requirements.txt");
setUpEnvironment("hypha", "test/hypha/requirements.txt");
setUpEnvironment("frontends", "test/frontends/requirements.txt");
setUpEnvironment("bioimageio", "test/bioimageio/requirements.txt");
setUpEnvironment("imagefiles", "test/imagefiles/requirements.txt");
setUpEnvironment("jupyterlite", "test/jupyterlite/requirements.txt");
let skipped = "";
try {
  setUpTriton();
} catch (error) {
  if (!(error instanceof NoDistributionError)) throw error;
  skipped = `WARNING: nothing is tested against a real Triton, which has no wheel for this platform and Python. ${error.message}`;
  console.warn(`\n${skipped}\n`);
}

const report = join(output, "report.json");
rmSync(report, { force: true });
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
const { status } = spawnSync(
  process.execPath,
  [...vitest, `--outputFile=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit", env: { ...process.env, BIOENGINE_TEST_WITHOUT_TRITON: skipped } },
);
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
// A file that fails to load has no tests to count, and is a failure all the same.
const brokenFiles = testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
);
const failed = numFailedTests + brokenFiles.length;
if (skipped) console.warn(`\n${skipped}\n`);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : (status ?? 1));

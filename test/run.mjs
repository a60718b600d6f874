// The whole suite: the Python packages that the tests compare with, then every test, then one closing line.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, "test/output");
mkdirSync(output, { recursive: true });
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });

// JupyterLab and the sample images come the way a user gets them.
const { setUpLaboratory } = await import(join(root, "packages/bioengine/dist/command/lab.js"));
const { environment } = await setUpLaboratory(join(root, "notebooks"));

const requirements = join(root, "test/requirements.txt");
const stamp = join(environment.prefix, "test-requirements");
const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  console.log("Installing the Python packages that the tests compare with …");
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", requirements];
  const { status } = run(environment.python, pip);
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

const report = join(output, "report.json");
rmSync(report, { force: true });
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
const { status } = run(process.execPath, [...vitest, `--outputFile=${report}`, ...process.argv.slice(2)]);
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
// A file that fails to load has no tests to count, and is a failure all the same.
const brokenFiles = testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
);
const failed = numFailedTests + brokenFiles.length;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : (status ?? 1));

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const nodeFolder = dirname(process.execPath);

/** Where npm is that came with this Node: on Unix, on Windows. */
const npmScripts = ["../lib/node_modules/npm", "node_modules/npm"].map((folder) =>
  join(nodeFolder, folder, "bin/npm-cli.js"),
);

/**
 * Install packages with npm into a folder, whatever project it lies in.
 *
 * @param packages as npm takes them, e.g. `lodash@4` or `./package.tgz`
 * @param write takes what npm says, as it comes
 * @param signal ends npm
 * @throws {Error} if npm isn't there or fails
 */
export function installPackages(
  packages: readonly string[],
  folder: string,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const script = npmScripts.find((path) => existsSync(path));
  const [command, ...first] = script === undefined ? ["npm"] : [process.execPath, script];
  const options = ["--prefix", folder, "--no-audit", "--no-fund", "--no-update-notifier", "--color=false"];
  // Where `npm start` runs the kernel, this is the setting of its checkout, not of the notebook.
  const { npm_config_ignore_scripts: _, ...env } = process.env;
  const what = `Cannot install ${packages.join(" ")}`;
  return new Promise((resolve, reject) => {
    const npm = spawn(command as string, [...first, "install", ...options, "--", ...packages], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding("utf8").on("data", write);
    npm.on("error", (cause) =>
      reject(new Error(`${what}: npm must be installed, got ${cause.message}`, { cause })),
    );
    npm.on("close", (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new Error(`${what}: npm must end with 0, got ${code ?? killedBy}; it says why above`));
    });
  });
}

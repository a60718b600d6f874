import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./program";
import type { PythonEnvironment } from "./python";
import { step } from "./step";

const files = ["img2d.tif", "mask2d.tif"];

/**
 * Bring StarDist's sample image of fluorescent nuclei (`img2d.tif`, [512, 512] uint16) and its reference mask
 * (`mask2d.tif`) into a folder, out of the stardist 0.9.2 wheel on the Python package index. Nothing of the
 * wheel is installed or run, so one wheel serves every platform. Files that are there already are kept.
 *
 * @param folder where the images go; made if needed
 * @throws {Error} if the wheel can't be downloaded
 * @example
 * await bringSamples("notebooks/data", await pythonEnvironment("."));
 */
export async function bringSamples(folder: string, { python }: PythonEnvironment): Promise<void> {
  if (files.every((file) => existsSync(join(folder, file)))) return;
  await step("Bringing the sample images", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "bioengine-samples-"));
    try {
      // Every platform's wheel holds the same images; Windows' has one plain tag for all machines to ask for.
      const anyWheel = ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"];
      await runProgram(python, [
        ...[
          "-m",
          "pip",
          "download",
          "--disable-pip-version-check",
          "--quiet",
          "--no-deps",
          "--only-binary=:all:",
        ],
        ...anyWheel,
        ...["--dest", scratch, "stardist==0.9.2"],
      ]);
      const wheel = readdirSync(scratch).find((name) => name.endsWith(".whl"));
      if (wheel === undefined)
        throw new Error("Cannot bring the sample images: pip downloaded no wheel of stardist");
      await runProgram(python, ["-m", "zipfile", "-e", join(scratch, wheel), scratch]);
      mkdirSync(folder, { recursive: true });
      for (const file of files) copyFileSync(join(scratch, "stardist/data/images", file), join(folder, file));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

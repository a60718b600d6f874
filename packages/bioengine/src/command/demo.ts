import { mkdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { setUpLaboratory } from "./lab";
import { runProgram } from "./program";
import { step } from "./step";

/**
 * Run the first notebook of a folder without a browser, and leave it executed in `<folder>/output`, as a
 * notebook and as a web page.
 *
 * @param folder see `setUpLaboratory`
 * @returns paths of the .ipynb and the .html
 * @throws {Error} if a cell fails; the message holds the cell and its error
 * @example
 * const [notebook, page] = await runDemo();
 */
export async function runDemo(folder?: string): Promise<string[]> {
  const laboratory = await setUpLaboratory(folder);
  const notebook = laboratory.firstNotebook;
  if (notebook === undefined) {
    throw new Error(`Cannot run the demo: the folder must hold a notebook, got none in ${laboratory.folder}`);
  }
  const { python } = laboratory.environment;
  const output = join(laboratory.folder, "output");
  mkdirSync(output, { recursive: true });
  const executed = join(output, notebook);
  await step(`Running ${notebook}`, () =>
    runProgram(
      python,
      [
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--ExecutePreprocessor.timeout=300",
        "--output-dir",
        output,
        notebook,
      ],
      { cwd: laboratory.folder },
    ),
  );
  await step("Writing the web page", () => runProgram(python, ["-m", "nbconvert", "--to", "html", executed]));
  return [executed, join(output, `${basename(notebook, ".ipynb")}.html`)].map((path) =>
    relative(process.cwd(), path),
  );
}

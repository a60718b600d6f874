import { parseArgs } from "node:util";
import { codexInstructions } from "@bioengine/codex";
import { runDemo } from "./demo";
import { installIntoJupyter } from "./install";
import { openLaboratory } from "./lab";
import { serve } from "./serve";

const help = `Segment and measure microscopy images in TypeScript notebooks

bioengine lab [folder] [Jupyter options]      set up JupyterLab here (.venv) and open the first notebook
bioengine demo [folder]                       run the first notebook without a browser; leaves .ipynb and .html
bioengine serve [--host 127.0.0.1] [--port 8000] [--model-repository folder]
                                              serve the embedded models, their training, and the models of
                                              a folder in Triton's layout (default ~/.bioengine/models, where
                                              trained ones are kept), with Triton's protocol
bioengine install --prefix <Jupyter prefix>   install the kernel and the JupyterLab extension
bioengine instructions [--server-url URL]     print the instructions for code models
`;

const commands: Record<string, (args: string[]) => number | undefined | Promise<number | undefined>> = {
  lab(args) {
    const named = args.length > 0 && !args[0].startsWith("-");
    const options = (named ? args.slice(1) : args).filter((option) => option !== "--");
    return openLaboratory(named ? args[0] : undefined, options);
  },
  async demo(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const paths = await runDemo(positionals[0]);
    console.log(`The executed notebook:\n${paths.map((path) => `  ${path}`).join("\n")}`);
    return 0;
  },
  serve(args) {
    const { values } = parseArgs({
      args,
      options: {
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "8000" },
        "model-repository": { type: "string" },
      },
    });
    return serve(values.host, values.port, { modelRepository: values["model-repository"] });
  },
  install(args) {
    const { values } = parseArgs({ args, options: { prefix: { type: "string" } } });
    if (values.prefix === undefined) {
      throw new Error(
        "Cannot install the kernel: the Jupyter prefix must be given, got none; run: bioengine install --prefix \"$(python -c 'import sys; print(sys.prefix)')\"",
      );
    }
    installIntoJupyter(values.prefix);
    console.log(
      `Installed the kernel "TypeScript (BioEngine)" and the JupyterLab extension into ${values.prefix}`,
    );
    return 0;
  },
  instructions(args) {
    const { values } = parseArgs({ args, options: { "server-url": { type: "string" } } });
    console.log(codexInstructions({ serverUrl: values["server-url"] }));
    return 0;
  },
  help() {
    console.log(help);
    return 0;
  },
};

/** Whether `parseArgs` threw it. */
const isUsageError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

/**
 * The `bioengine` command: runs the subcommand that the first argument names and sets the exit code.
 *
 * @param args the command line after the program's name
 * @example
 * main(["instructions"]);
 */
export async function main(args: string[]): Promise<void> {
  const [name = "help", ...rest] = args.includes("--help") || args.includes("-h") ? ["help"] : args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined) {
      throw new Error(
        `Cannot run bioengine: the command must be one of ${Object.keys(commands).join(", ")}, got ${name}`,
      );
    }
    process.exitCode = await command(rest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (isUsageError(error)) console.error("npx bioengine --help shows what there is");
    process.exitCode = 1;
  }
}

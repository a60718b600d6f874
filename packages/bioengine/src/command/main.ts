import { parseArgs } from "node:util";
import { codexInstructions } from "@bioengine/codex";
import { ConnectionError } from "@bioengine/triton";
import { liveInstructions } from "../liveinstructions";
import { setCodeModel } from "./codemodel";
import { runDemo } from "./demo";
import { installIntoJupyter, uninstallFromJupyter } from "./install";
import { jupyterFolder } from "./jupyterfolder";
import { openLaboratory } from "./lab";
import { serve } from "./serve";

const help = `Segment and measure microscopy images in TypeScript notebooks

bioengine lab [folder] [Jupyter options]      set up JupyterLab here (.venv) and open the first notebook
bioengine demo [folder]                       run the first notebook without a browser; leaves .ipynb and .html
bioengine serve [--host 127.0.0.1] [--port 8000] [--model-repository folder]
                                              serve the embedded models, their training, and the models of
                                              a folder in Triton's layout (default ~/.bioengine/models, where
                                              trained ones are kept), with Triton's protocol
bioengine install [place]                     install the kernel and the JupyterLab extension; the place is
                                              --user (default), --sys-prefix [--python python],
                                              --prefix <environment> or --system
bioengine uninstall [place]                   remove them from there
bioengine instructions [--server-url URL]     print the instructions for code models, of the models that the
                                              server has
bioengine mcp                                 serve tools to a coding agent (Model Context Protocol over stdio),
                                              which read and write files; relative paths start from this folder
bioengine codemodel [--url URL --model name [--seconds 180]]
                                              set the code model that writes cells in JupyterLab: the address
                                              of an OpenAI-compatible API, such as https://host/v1; asks for the
                                              key. Without options: say which is set
`;

/** Where `install` and `uninstall` work: see `JupyterPlace`. */
const placeOptions = {
  user: { type: "boolean" },
  system: { type: "boolean" },
  "sys-prefix": { type: "boolean" },
  prefix: { type: "string" },
  python: { type: "string" },
} as const;

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
  async install(args) {
    const { values } = parseArgs({ args, options: placeOptions });
    const { kernel, extension } = installIntoJupyter(await jupyterFolder("install the kernel", values));
    console.log(`Installed the kernel "TypeScript (BioEngine)" into
  ${kernel}
and the JupyterLab extension into
  ${extension}
Start it with: jupyter lab, in whose launcher it is; or: jupyter console --kernel bioengine`);
    if (process.platform === "win32" && values.system && !process.env.JUPYTER_USE_PROGRAMDATA) {
      console.log("Jupyter looks there only if the environment variable JUPYTER_USE_PROGRAMDATA is 1");
    }
    return 0;
  },
  async uninstall(args) {
    const { values } = parseArgs({ args, options: placeOptions });
    const removed = uninstallFromJupyter(await jupyterFolder("uninstall the kernel", values));
    console.log(`Removed\n${removed.map((path) => `  ${path}`).join("\n")}`);
    return 0;
  },
  async instructions(args) {
    const { values } = parseArgs({ args, options: { "server-url": { type: "string" } } });
    const serverUrl = values["server-url"];
    try {
      console.log(serverUrl === undefined ? codexInstructions() : await liveInstructions({ serverUrl }));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      console.error(`${error.message}\nThese are the instructions for a server with BioEngine's models:\n`);
      console.log(codexInstructions({ serverUrl }));
    }
    return 0;
  },
  async mcp(args) {
    parseArgs({ args });
    // Of all commands, only this one needs the protocol's library.
    const { serveTools } = await import("./mcp.js");
    return serveTools();
  },
  async codemodel(args) {
    const option = { type: "string" } as const;
    const { values } = parseArgs({ args, options: { url: option, model: option, seconds: option } });
    console.log(await setCodeModel(values));
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

import { type Content, PROTOCOL_VERSION } from "./message";
import { chosenTypeScript } from "./tslab/chosentypescript";

/** What the kernel tells of itself; known before TypeScript is loaded. */
export function kernelInfo(): Content {
  const kernel: { version: string } = require("../package.json");
  const typescript = chosenTypeScript();
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "bioengine",
    implementation_version: kernel.version,
    banner: `TypeScript ${typescript.version} (BioEngine ${kernel.version}, Node.js ${process.version})`,
    language_info: {
      name: "typescript",
      version: typescript.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
  };
}

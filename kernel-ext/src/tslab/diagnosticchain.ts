import type { CompilerHost } from "./compilerhost";
import { ts } from "./library";

/**
 * Let tslab have the reasons of an error as lines of its message.
 *
 * tslab makes an error of each, without the file that it is in.
 *
 * @param host what tslab's program is made with, before it is made
 */
export function joinReasons(host: CompilerHost): void {
  const { createProgram } = host;
  host.createProgram = (...parts) => {
    const builder = createProgram(...parts);
    const program = builder.getProgram();
    const { getSemanticDiagnostics } = program;
    program.getSemanticDiagnostics = (...files) =>
      getSemanticDiagnostics(...files).map((diagnostic) => ({
        ...diagnostic,
        messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      }));
    return builder;
  };
}

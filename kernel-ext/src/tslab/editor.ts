import { isBuiltin } from "node:module";
import type { Completion, Inspection } from "../interpreter";
import { completionOf } from "./completion";
import { Definitions } from "./definitions";
import { adviseImport } from "./importline";
import { completeImportPath } from "./importpath";
import { inspectedPosition, inspectionOf } from "./inspection";
import { type CompilerHost, LanguageService, type OpenCell } from "./languageservice";
import { dependenciesOf } from "./packages";

/** Helps with a cell that is being written. */
export class Editor {
  readonly #service: LanguageService;
  /** Where cells import from. */
  readonly folder: string;
  readonly #definitions = new Definitions();
  #declarations = "";

  /** @param host what tslab's program is made with, before it is made */
  constructor(host: CompilerHost) {
    this.#service = new LanguageService(host);
    this.folder = host.getCurrentDirectory();
  }

  /** Let later cells see what a cell declares that has run. */
  adopt(code: string, declarations: string): void {
    this.#declarations = declarations;
    this.#definitions.add(code);
  }

  complete(code: string, offset: number): Completion {
    return completeImportPath(code, offset, this.folder) ?? completionOf(this.#open(code), code, offset);
  }

  inspect(code: string, offset: number, isDetailed: boolean): Inspection | undefined {
    const cell = this.#open(code);
    const inspection = inspectionOf(cell, code, offset);
    const source = inspection && isDetailed ? this.#sourceOf(cell, code, offset) : undefined;
    return inspection && { ...inspection, ...(source !== undefined && { source }) };
  }

  /** How to import a name: from bioengine, the notebook's packages, what cells have imported, or Node.js. */
  adviseImport(name: string): string[] {
    const packages = new Set(["bioengine", ...dependenciesOf(this.folder), ...this.#definitions.modules]);
    return adviseImport(
      name,
      (code) => this.#open(code),
      [...packages].filter((from) => !isBuiltin(from)),
    );
  }

  /** The members, keys or exports that fit at a place of a cell. */
  membersAt(code: string, offset: number): string[] {
    const { service, file, start } = this.#open(code);
    const info = service.getCompletionsAtPosition(file.fileName, start + offset, {});
    return info && !info.isGlobalCompletion ? info.entries.map(({ name }) => name) : [];
  }

  #open(code: string): OpenCell {
    return this.#service.open(this.#declarations, code);
  }

  /** The text that defines the name at an offset. */
  #sourceOf(cell: OpenCell, code: string, offset: number): string | undefined {
    const position = inspectedPosition(cell, code, offset);
    if (position === undefined) return undefined;
    const [definition] = cell.service.getDefinitionAtPosition(cell.file.fileName, position) ?? [];
    if (!definition) return undefined;
    const { fileName, name, contextSpan } = definition;
    const own = this.#service.isDeclarations(fileName) ? this.#definitions.find(name) : undefined;
    if (own !== undefined || !contextSpan) return own;
    const { start, length } = contextSpan;
    return cell.service
      .getProgram()
      ?.getSourceFile(fileName)
      ?.text.slice(start, start + length);
  }
}

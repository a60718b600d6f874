import type * as TypeScript from "typescript";
import type { Dependencies } from "./dependencies";
import { bindSourceFile, ts } from "./library";
import { cellFile, cellTransformer } from "./transformer";

/**
 * How a program of a cell is made.
 *
 * tslab's own way keeps, with each program, what has changed since the last: for that it needs a type checker of each,
 * also of the one that it makes only to see what a cell declares. This one makes a checker of what is checked alone.
 */
export function createProgramWith(
  dependencies: Dependencies,
): TypeScript.CreateProgram<TypeScript.BuilderProgram> {
  return (...parts) => {
    const builder = ts.createAbstractBuilder(...parts);
    const program = builder.getProgram();
    const cell = program.getSourceFiles().find(({ fileName }) => cellFile.test(fileName));
    // What it declares is known then.
    if (cell) bindSourceFile(cell, program.getCompilerOptions());
    builder.getAllDependencies = ({ fileName }) => dependencies.of(fileName);
    builder.emit = (file, writeFile, cancellation, onlyDeclarations, transformers) => {
      const before = [cellTransformer(program.getTypeChecker()), ...(transformers?.before ?? [])];
      return program.emit(file, writeFile, cancellation, onlyDeclarations, { ...transformers, before });
    };
    return builder;
  };
}

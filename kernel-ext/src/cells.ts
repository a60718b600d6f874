import type { Report } from "./exchange";
import { Kernel } from "./kernel";
import { Output } from "./output";
import type { SharedMemory } from "./sharedmemory";
import { TslabInterpreter } from "./tslab/interpreter";
import { publishThrough } from "./tslab/library";

/** Depth of the stacks that tracebacks are made of: a library's own calls must not hide the cell's line. */
const STACK_DEPTH = 50;

/** Make this thread the one that runs cells. */
export function startCells(report: (report: Report) => void, memory: SharedMemory): Kernel {
  const output = new Output(report, memory);
  const interpreter = new TslabInterpreter(process.cwd(), (work) => memory.shield(work));
  const interrupts = new EventTarget();
  publishThrough((content, isUpdate) => output.display(content, isUpdate), interrupts);
  output.capture();
  Error.stackTraceLimit = STACK_DEPTH;
  // What fails after its cell has ended, or beside it, must not end the kernel.
  const showFailure = (error: unknown): void =>
    output.write("stderr", `Uncaught error\n${interpreter.explain(error).traceback.join("\n")}\n`);
  process.on("uncaughtException", showFailure);
  process.on("unhandledRejection", showFailure);
  return new Kernel(interpreter, output, interrupts);
}

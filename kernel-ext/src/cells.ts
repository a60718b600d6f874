import { captureChildren } from "./childoutput";
import { offerCodeModel } from "./codemodel";
import { takeCodeModel } from "./codemodelsettings";
import { Comms } from "./comms";
import { extendConsole } from "./consoleoutput";
import { dialogsThrough } from "./dialogs";
import { Displays } from "./displays";
import type { Report } from "./exchange";
import { Input } from "./input";
import { jupyterOf } from "./jupyter";
import { Kernel } from "./kernel";
import { Magics } from "./magics";
import { Output } from "./output";
import type { SharedMemory } from "./sharedmemory";
import { limitFrom, StreamLimit } from "./streamlimit";
import { TslabInterpreter } from "./tslab/interpreter";
import { type DisplayPublisher, publishThrough } from "./tslab/library";
import { UserInput } from "./userinput";

/** Depth of the stacks that tracebacks are made of: a library's own calls must not hide the cell's line. */
const STACK_DEPTH = 50;

/** Make this thread the one that runs cells. */
export function startCells(report: (report: Report) => void, memory: SharedMemory): Kernel {
  const output = new Output(report, memory, new StreamLimit(limitFrom(process.env.BIOENGINE_OUTPUT_LIMIT)));
  const interpreter = new TslabInterpreter(process.cwd(), (work) => memory.shield(work));
  const interrupts = new EventTarget();
  const comms = new Comms(
    (publication) => output.publish(publication),
    (name) => report({ kind: "target", name }),
  );
  offerCodeModel(comms, takeCodeModel(process.env));
  const publisher: DisplayPublisher = (content, isUpdate) => output.display(content, isUpdate);
  publishThrough(Object.assign(publisher, { [Symbol.for("Jupyter.comms")]: comms }), interrupts);
  const input = new Input(report);
  const displays = new Displays(output);
  const jupyter = jupyterOf(output, displays, comms);
  Object.defineProperty(process, "stdin", { value: new UserInput(input), configurable: true });
  Object.assign(globalThis, dialogsThrough(input), { jupyter, display: displays.show });
  output.capture();
  captureChildren(output);
  extendConsole(output);
  Error.stackTraceLimit = STACK_DEPTH;
  const magics = new Magics(output, displays, interrupts);
  const kernel = new Kernel(interpreter, output, { comms, displays, input, magics, interrupts });
  // What fails after its cell has ended, or beside it, must not end the kernel.
  process.on("uncaughtException", (error) => kernel.showFailure(error));
  process.on("unhandledRejection", (error) => kernel.showFailure(error));
  return kernel;
}

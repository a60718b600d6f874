/** One conversation with the notebook's front end. */
export interface NotebookComm {
  onMessage(receive: (message: { readonly data: unknown }) => void): void;
  onClose(receive: () => void): void;
  close(): void;
}

/** Opens a conversation with an extension of the notebook's front end by its target, with a first message. */
export type OpenComm = (target: string, data: Readonly<Record<string, unknown>>) => NotebookComm;

/** The running kernel's way to the front end; undefined in tslab, which has none, and outside of a kernel. */
export function notebookComms(): OpenComm | undefined {
  const kernel: unknown = Reflect.get(globalThis, "jupyter");
  const comms: unknown = isObject(kernel) ? Reflect.get(kernel, "comms") : undefined;
  const open: unknown = isObject(comms) ? Reflect.get(comms, "open") : undefined;
  return typeof open === "function" ? (target, data) => open.call(comms, target, data) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export type { IndexEntry } from "./modelentry";
export { type RunningServer, type ServerOptions, startServer } from "./server";
export { untilSignal } from "./signal";

import { MessageChannel } from "node:worker_threads";

const { port1: outside, port2: inside } = new MessageChannel();
const waiting: (() => void)[] = [];
inside.on("message", () => waiting.shift()?.());
inside.unref();

/**
 * Do work soon, on a stack of its own: when it is cut off in the middle, whoever waits for it goes on.
 *
 * Not by `setImmediate`: Node never gets over an immediate that was cut off behind another one, and calls the dead one
 * for ever.
 */
export function onOwnStack(work: () => void): void {
  waiting.push(work);
  outside.postMessage(undefined);
}

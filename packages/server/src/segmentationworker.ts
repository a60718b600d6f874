import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { NdArray } from "@bioengine/ndarray";
import type { Segment } from "./segmentationmodel";
import type { SegmentationName, ThreadAnswer, ThreadRequest } from "./segmentationthread";

/**
 * A segmentation of the engine, in a thread of its own: the server goes on answering while it computes. If the thread
 * dies, for want of memory say, the call fails and the next one starts another. To be called again only after an
 * answer.
 *
 * @param name the engine's function, e.g. `segmentStardist`
 */
export function segmentationThread(name: SegmentationName): Segment {
  let worker: Worker | undefined;
  return async (image, parameters) => {
    worker ??= new Worker(join(__dirname, "segmentationthread.js"), { workerData: name });
    // An idle thread must not keep the process alive; a request does.
    worker.unref();
    const { dtype, shape, data } = image;
    const answer = await ask(worker, { dtype, shape, data, parameters }).catch((error) => {
      worker = undefined;
      throw error;
    });
    if ("error" in answer) throw answer.error;
    const { mask, info } = answer;
    return { mask: new NdArray({ dtype: "uint16", shape: mask.shape, buffer: mask.data }), info };
  };
}

function ask(worker: Worker, request: ThreadRequest): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const died = (code: number) => reject(new Error(`the thread that segments has ended with code ${code}`));
    worker.once("error", reject);
    worker.once("exit", died);
    worker.once("message", (answer: ThreadAnswer) => {
      worker.off("error", reject);
      worker.off("exit", died);
      resolve(answer);
    });
    worker.postMessage(request);
  });
}

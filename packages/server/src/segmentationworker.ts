import { NdArray } from "@bioengine/ndarray";
import type { Segment } from "./segmentationmodel";
import type { Segmentation, ThreadAnswer, ThreadRequest } from "./segmentationthread";
import { Thread } from "./thread";
import { ownedBuffers } from "./transfer";

/** A segmentation of the engine, in a thread of its own. The image's memory goes over to it where that is possible. */
export function segmentationThread(segmentation: Segmentation): Segment {
  const thread = new Thread<ThreadRequest, ThreadAnswer>("segmentationthread", segmentation);
  const segment: Segment = async ({ dtype, shape, data }, parameters, task) => {
    const request = { dtype, shape, data, parameters };
    const answer = await thread.ask(request, { ...task, transfer: ownedBuffers([data]) });
    const mask = new NdArray({ dtype: answer.dtype, shape: answer.shape, buffer: answer.data });
    const { style, info } = answer;
    if (style === undefined) return { mask, info };
    return { mask, info, style: new NdArray({ dtype: "float32", shape: [style.length], buffer: style }) };
  };
  return Object.assign(segment, { close: () => thread.close() });
}

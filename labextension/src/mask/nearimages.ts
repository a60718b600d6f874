import type { MaskPayload } from "@bioengine/mime";
import { decodeImage } from "./displayimage";
import type { MaskStage } from "./maskstage";
import { watchNearness } from "./nearness";

/**
 * Keep the decoded images of a mask while they are near the screen: a notebook of many masks would fill the memory.
 *
 * @param node that is near the screen or not
 * @returns ends it
 */
export function keepNearImages(node: Element, { image }: MaskPayload, stage: MaskStage): () => void {
  if (!image) return () => {};
  let changes = 0;
  const keep = async (isNear: boolean) => {
    const change = ++changes;
    if (!isNear) return stage.sleep();
    if (stage.scene.image) return;
    const images = await decodeImage(image, stage.scene.map.planes);
    if (change === changes) stage.wake(images);
    else for (const late of images) late.close();
  };
  const unwatch = watchNearness(node, (isNear) => void keep(isNear));
  return () => {
    changes++;
    unwatch();
  };
}

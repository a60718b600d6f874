import { copyOf } from "./comm";
import type { Comms } from "./comms";
import { image, templateTag } from "./displayable";
import type { Displays } from "./displays";
import type { Output } from "./output";

/** The cells' global `jupyter`; `globals.ts` describes it. */
export function jupyterOf(output: Output, displays: Displays, comms: Comms): Jupyter.Kernel {
  const broadcast: Jupyter.Kernel["broadcast"] = (type, content, { metadata = {}, buffers = [] } = {}) =>
    output.publish({
      type,
      content: JSON.stringify(content),
      metadata: JSON.stringify(metadata),
      buffers: buffers.map(copyOf),
    });
  return {
    comms,
    display: displays.show,
    html: templateTag("text/html"),
    md: templateTag("text/markdown"),
    svg: templateTag("image/svg+xml"),
    image,
    clearOutput: ({ wait = false } = {}) => output.clear(wait),
    broadcast,
  };
}

import type { Comms } from "./comms";
import { image, templateTag } from "./displayable";
import type { Displays } from "./displays";
import type { Output } from "./output";
import { publicationOf } from "./publication";

/** The cells' global `jupyter`; `globals.ts` describes it. */
export function jupyterOf(output: Output, displays: Displays, comms: Comms): Jupyter.Kernel {
  return {
    comms,
    display: displays.show,
    html: templateTag("text/html"),
    md: templateTag("text/markdown"),
    svg: templateTag("image/svg+xml"),
    image,
    clearOutput: ({ wait = false } = {}) => output.clear(wait),
    broadcast: (type, content, options) => output.publish(publicationOf(type, content, options)),
  };
}

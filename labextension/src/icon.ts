import { LabIcon } from "@jupyterlab/ui-components";

/** Cells in a field of view: the extension's mark in the sidebar and the palette. */
export const cellsIcon: LabIcon = new LabIcon({
  name: "bioengine:cells",
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3" fill="#616161"><path d="M8.4 3.2c3 0 5.1 2 5 4.8-.1 2.9-2.3 5-5.2 4.9-2.9-.1-5-2.3-4.9-5.1.1-2.7 2.3-4.6 5.1-4.6zm.1 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"/><path d="M17.3 10.6c2.2 0 3.9 1.7 3.8 3.9-.1 2.3-1.8 4-4 3.9-2.2-.1-3.8-1.8-3.8-4 .1-2.2 1.8-3.8 4-3.8zm0 2.3a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z"/><path d="M9.5 15.3c1.7 0 3 1.3 3 3s-1.4 3-3.1 2.9c-1.7-.1-2.9-1.3-2.9-3 0-1.6 1.3-2.9 3-2.9z"/></g></svg>',
});

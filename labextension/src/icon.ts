import { LabIcon } from "@jupyterlab/ui-components";

/** Cells in a field of view: the extension's mark in the sidebar and the palette. */
export const cellsIcon: LabIcon = new LabIcon({
  name: "bioengine:cells",
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3" fill="#616161"><path d="M8.4 3.2c3 0 5.1 2 5 4.8-.1 2.9-2.3 5-5.2 4.9-2.9-.1-5-2.3-4.9-5.1.1-2.7 2.3-4.6 5.1-4.6zm.1 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"/><path d="M17.3 10.6c2.2 0 3.9 1.7 3.8 3.9-.1 2.3-1.8 4-4 3.9-2.2-.1-3.8-1.8-3.8-4 .1-2.2 1.8-3.8 4-3.8zm0 2.3a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z"/><path d="M9.5 15.3c1.7 0 3 1.3 3 3s-1.4 3-3.1 2.9c-1.7-.1-2.9-1.3-2.9-3 0-1.6 1.3-2.9 3-2.9z"/></g></svg>',
});

/** A pencil that writes a line: have a code model write. */
export const writeIcon: LabIcon = new LabIcon({
  name: "bioengine:write",
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3" fill="#616161"><path d="M4 15.2 14.6 4.6l3.8 3.8L7.8 19H4zM16 3.2l1.2-1.2c.5-.5 1.2-.5 1.7 0l2.1 2.1c.5.5.5 1.2 0 1.7L19.8 7zM12 19h9v2h-9z"/></g></svg>',
});

/** A cross in a bandage: have a code model mend. */
export const fixIcon: LabIcon = new LabIcon({
  name: "bioengine:fix",
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3" fill="#616161"><path d="M14.7 3.3a4.2 4.2 0 0 1 6 6L9.3 20.7a4.2 4.2 0 0 1-6-6zm-2 4.8-4.6 4.6 3.2 3.2 4.6-4.6zm5-2.3a1.2 1.2 0 1 0 0 1.7 1.2 1.2 0 0 0 0-1.7zM6.3 16.5a1.2 1.2 0 1 0 1.7 0 1.2 1.2 0 0 0-1.7 0z"/><path d="M11.2 10h1.6v1.2H14v1.6h-1.2V14h-1.6v-1.2H10v-1.6h1.2z"/></g></svg>',
});

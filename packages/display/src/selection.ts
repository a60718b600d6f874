import { SELECTION_TARGET } from "@bioengine/mime";
import type { NdArray } from "@bioengine/ndarray";
import { labelsId, readLabels } from "./labels";
import { notebookComms } from "./notebookcomms";

/** How `selection` waits. */
export interface SelectionOptions {
  /** How long to wait for JupyterLab, default 5000. */
  timeoutMs?: number;
}

/**
 * The objects that a person has selected in a mask, its table or the table's plots, as they are now.
 *
 * @param mask as it is shown in the notebook: `[y, x]` labels, also with leading axes of length 1; not modified
 * @param options.timeoutMs how long to wait for JupyterLab, default 5000
 * @returns the selected labels, ascending; `[]` if none is selected
 * @throws {TypeError | RangeError} if it is no mask
 * @throws {Error} if there is no JupyterLab with the BioEngine extension that could answer, or none of its outputs that
 *   are near what the page shows is of the mask
 * @example
 * const labels = await selection(mask);
 * table.filter(({ label }) => labels.includes(label));
 */
export async function selection(mask: NdArray, options: SelectionOptions = {}): Promise<number[]> {
  const { timeoutMs = 5000 } = options;
  let plane = mask;
  while (plane?.ndim > 2 && plane.shape[0] === 1) plane = plane.at(0);
  const maskId = labelsId(readLabels(plane, "read the selection"));
  const open = notebookComms();
  if (!open) throw unanswered("a program or a kernel that cannot ask it");
  const comm = open(SELECTION_TARGET, { maskId });
  try {
    const { data, trouble } = await new Promise<{ data?: unknown; trouble?: string }>((resolve) => {
      const timer = setTimeout(() => resolve({ trouble: `no answer in ${timeoutMs} ms` }), timeoutMs);
      comm.onMessage(({ data }) => {
        clearTimeout(timer);
        resolve({ data });
      });
      comm.onClose(() => {
        clearTimeout(timer);
        resolve({ trouble: "one without it" });
      });
    });
    // An error that is made here has the caller in its stack.
    if (trouble !== undefined) throw unanswered(trouble);
    return labelsIn(data);
  } finally {
    comm.close();
  }
}

function unanswered(got: string): Error {
  return new Error(
    `Cannot read the selection: the notebook must be open in JupyterLab with the BioEngine extension, got ${got}`,
  );
}

function labelsIn(data: unknown): number[] {
  const labels: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "labels") : undefined;
  if (labels === null) {
    throw new Error(
      "Cannot read the selection: an output near this cell must show the mask, got none; imshow(mask) shows it",
    );
  }
  if (Array.isArray(labels) && labels.every((label) => typeof label === "number")) return labels;
  throw new TypeError(
    `Cannot read the selection: the BioEngine extension must answer with labels, got ${JSON.stringify(data)}`,
  );
}

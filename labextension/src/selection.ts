/** Called with the selected labels, ascending, when another view of the mask has changed them. */
export type SelectionListener = (labels: readonly number[]) => void;

interface SharedSelection {
  readonly listeners: Set<SelectionListener>;
  labels: readonly number[];
}

/** One view's part in the selection that all views of a mask share. */
export interface SelectionLink {
  /** The selected labels, ascending. */
  readonly labels: readonly number[];
  /** Replace the selection, and tell the other views. */
  select(labels: Iterable<number>): void;
  /** Leave; the last view takes the selection along. */
  dispose(): void;
}

const selections = new Map<string, SharedSelection>();

/** The selected labels of a mask, ascending; null if no view shows it. */
export function selectedLabels(maskId: string): readonly number[] | null {
  return selections.get(maskId)?.labels ?? null;
}

/**
 * Join the views on this page that show one mask: a click in one selects in all.
 *
 * @param maskId `id` of a mask's payload, `maskId` of a table's
 * @param listener not called for this view's own changes
 */
export function linkSelection(maskId: string, listener: SelectionListener): SelectionLink {
  const shared = selections.get(maskId) ?? { listeners: new Set(), labels: [] };
  selections.set(maskId, shared);
  shared.listeners.add(listener);
  return {
    get labels() {
      return shared.labels;
    },
    select(labels) {
      shared.labels = [...new Set(labels)].sort((a, b) => a - b);
      for (const other of shared.listeners) if (other !== listener) other(shared.labels);
    },
    dispose() {
      shared.listeners.delete(listener);
      if (shared.listeners.size === 0 && selections.get(maskId) === shared) selections.delete(maskId);
    },
  };
}

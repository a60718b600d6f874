import type { TablePayload } from "@bioengine/mime";

/** Called with the tables on this page that are of the mask, also at once. */
export type TablesListener = (tables: readonly TablePayload[]) => void;

interface MaskTables {
  readonly tables: Set<TablePayload>;
  readonly listeners: Set<TablesListener>;
}

const shared = new Map<string, MaskTables>();

/**
 * Let the viewers of a mask show what a table says about its labels.
 *
 * @returns takes the table back
 */
export function shareTable(maskId: string, table: TablePayload): () => void {
  const { tables } = join(maskId);
  tables.add(table);
  announce(maskId);
  return () => {
    tables.delete(table);
    announce(maskId);
  };
}

/**
 * Watch the tables that are of a mask.
 *
 * @returns ends the watch
 */
export function watchTables(maskId: string, listener: TablesListener): () => void {
  const { tables, listeners } = join(maskId);
  listeners.add(listener);
  listener([...tables]);
  return () => {
    listeners.delete(listener);
    leave(maskId);
  };
}

function join(maskId: string): MaskTables {
  const found = shared.get(maskId) ?? { tables: new Set(), listeners: new Set() };
  shared.set(maskId, found);
  return found;
}

function announce(maskId: string): void {
  const { tables, listeners } = join(maskId);
  for (const listener of listeners) listener([...tables]);
  leave(maskId);
}

function leave(maskId: string): void {
  const { tables, listeners } = join(maskId);
  if (tables.size === 0 && listeners.size === 0) shared.delete(maskId);
}

import type { Page } from "playwright-core";
import { expect } from "vitest";

// A busy machine needs longer than a second.
const PATIENCE = { timeout: 30_000 };

/** The notebook of `savedMask` is shown, and a selection in its mask or its table follows in the other. */
export async function expectLinkedViews(page: Page): Promise<void> {
  const table = page.locator('.be-Table[data-ready="true"]');
  const mask = page.locator('.be-Mask[data-ready="true"]');
  const [tableStatus, maskStatus] = [table.locator(".be-Table-status"), mask.locator(".be-Mask-selection")];
  await expect.poll(() => tableStatus.innerText(), PATIENCE).toBe("125 rows × 12 columns");
  // The second of the rows, which are 24 pixels high below a header of 28.
  await table.locator(".lm-DataGrid").click({ position: { x: 80, y: 28 + 1.5 * 24 } });
  await expect.poll(() => tableStatus.innerText(), PATIENCE).toMatch(/label 3 · area 264 px/);
  await expect.poll(() => maskStatus.innerText(), PATIENCE).toMatch(/^Label 3 · area 264 px/);
  await mask.locator("canvas").press("]");
  await expect.poll(() => maskStatus.innerText(), PATIENCE).toMatch(/^Label 6 · area 503 px/);
  await expect.poll(() => tableStatus.innerText(), PATIENCE).toMatch(/label 6 · area 503 px/);
}

import { createRequire } from "node:module";
import { afterEach, beforeEach, vi } from "vitest";

interface Content {
  data: Record<string, string>;
  metadata: Record<string, unknown>;
  transient: { display_id: string };
}

/** tslab as it is installed, whose place for the running cell's publisher is the one that both kernels use. */
export const tslab = createRequire(__filename)("tslab/dist/jupyter.js");

/**
 * Let each test of a file run as in a cell, on a clock that the test turns.
 *
 * @returns what the running test has published so far
 */
export function publishedOutput(): (Content & { isUpdate: boolean })[] {
  const published: (Content & { isUpdate: boolean })[] = [];
  const { stderr } = process;
  const { isTTY } = stderr;
  beforeEach(() => {
    vi.useFakeTimers();
    published.length = 0;
    tslab.lastWriteDisplayData = (content: Content, isUpdate: boolean) =>
      published.push({ ...content, isUpdate });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    stderr.isTTY = isTTY;
    tslab.lastWriteDisplayData = null;
  });
  return published;
}

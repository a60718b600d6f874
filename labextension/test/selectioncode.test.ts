import { expect, test } from "vitest";
import { selectionCode } from "../src/selectioncode";

test("selectionCode() is a statement, also of an empty selection", () => {
  expect(selectionCode([3, 7, 12])).toBe("const selected = [3, 7, 12];\n");
  expect(selectionCode([])).toBe("const selected = [];\n");
});

import { expect, test } from "vitest";
import { codexInstructions, variableSection } from "../src/index";

test("variableSection() lists the variables, and keeps the last ones in its budget", () => {
  expect(variableSection([{ name: "image", description: "NdArray [2, 3] uint16" }])).toBe(
    "## The notebook's variables\n\nThey are there from earlier cells; use them by name:\n\n- `image`: NdArray [2, 3] uint16\n",
  );
  const many = Array.from({ length: 60 }, (_, index) => ({
    name: `v${index}`,
    description: "x".repeat(160),
  }));
  const text = variableSection(many);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toContain("`v59`");
  expect(text).not.toContain("`v0`");
  const [, omitted] = /and (\d+) more/.exec(text) ?? [];
  expect(Number(omitted) + text.split("- `v").length - 1).toBe(60);
});

test("variableSection() says when there is nothing", () => {
  expect(variableSection([])).toContain("There are none yet");
});

test("codexInstructions() with variables end with their section", () => {
  const variables = [{ name: "image", description: "NdArray [2, 3] uint16" }];
  const text = codexInstructions({ variables });
  expect(text).toBe(`${codexInstructions()}\n${variableSection(variables)}`);
});

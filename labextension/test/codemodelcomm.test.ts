import type { CodeModelFailure } from "@bioengine/mime";
import { type ITranslator, nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import { failureText } from "../src/codemodel/codemodelcomm";

const trans = nullTranslator.load("");

/** A language in which each text stands in brackets. */
const bracketed: ReturnType<ITranslator["load"]> = Object.assign(Object.create(trans), {
  __: (text: string, ...values: unknown[]) => `⟦${trans.__(text, ...values)}⟧`,
});

const reasons: CodeModelFailure["reason"][] = [
  "key",
  "address",
  "limit",
  "status",
  "redirect",
  "unreachable",
  "timeout",
  "unreadable",
];

for (const reason of reasons) {
  test(`failureText() says in one translated line what "${reason}" is, with its detail`, () => {
    expect(failureText({ kind: "failure", reason, detail: "DETAIL" }, bracketed)).toMatch(
      /^⟦[^\n]*DETAIL[^\n]*⟧$/,
    );
  });
}

test("failureText() says what to do about a key that is refused", () => {
  expect(failureText({ kind: "failure", reason: "key", detail: "401: wrong" }, trans)).toBe(
    "The code model's server refuses the key (401: wrong): set another.",
  );
});

import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/hypha exports these names", () => {
  expect(Object.keys(api).sort()).toEqual(["ModelError", "executeOnHypha"]);
});

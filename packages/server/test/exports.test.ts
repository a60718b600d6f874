import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/server exports these names", () => {
  expect(Object.keys(api).sort()).toEqual(["startServer", "untilSignal"]);
});

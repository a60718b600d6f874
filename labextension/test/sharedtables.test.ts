import type { TablePayload } from "@bioengine/mime";
import { expect, test } from "vitest";
import { shareTable, watchTables } from "../src/sharedtables";

const table = (digest: string): TablePayload => ({ version: 1, rowCount: 0, columns: [], digest });

test("watchTables() hears of the tables of its mask, those before it and those after", () => {
  const heard: string[] = [];
  const take = shareTable("a", table("first"));
  const end = watchTables("a", (tables) => heard.push(tables.map(({ digest }) => digest).join()));
  shareTable("b", table("other"))();
  const takeSecond = shareTable("a", table("second"));
  take();
  end();
  takeSecond();
  expect(heard).toEqual(["first", "first,second", "second"]);
});

import { expect, test } from "vitest";
import { BodyBudget, type BodyShare } from "../src/http/bodybudget";

const { signal } = new AbortController();

/** Whether a share has got what it asked for; asked after the others had their turn. */
function asked(share: BodyShare, bytes: number): { readonly has: () => Promise<boolean> } {
  let granted = false;
  void share.take(bytes, signal).then(() => {
    granted = true;
  });
  return { has: () => new Promise((resolve) => setImmediate(() => resolve(granted))) };
}

async function holding(budget: BodyBudget, bytes: number): Promise<BodyShare> {
  const share = budget.open();
  await share.take(bytes, signal);
  return share;
}

test("BodyBudget lets bodies wait, in order, until there is room", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = await holding(budget, 60);
  const large = asked(budget.open(), 50);
  const small = asked(budget.open(), 10);
  expect([await large.has(), await small.has()]).toEqual([false, false]);
  first.release();
  expect([await large.has(), await small.has()]).toEqual([true, true]);
});

test("BodyBudget grants a body that is larger than all, once nothing else is held", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = await holding(budget, 10);
  const huge = asked(budget.open(), 1000);
  expect(await huge.has()).toBe(false);
  first.release();
  expect(await huge.has()).toBe(true);
});

test("BodyBudget refuses at once a body that grows where there is no room, unless it is alone", async () => {
  const budget = new BodyBudget(100, 1e6);
  const [older, younger] = [await holding(budget, 50), await holding(budget, 40)];
  await younger.take(10, signal);
  await expect(older.take(1, signal)).rejects.toMatchObject({ status: 503, retryAfterS: 5 });
  younger.release();
  await older.take(1000, signal);
});

test("BodyBudget lets bodies grow before it lets others begin", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = await holding(budget, 60);
  const fresh = asked(budget.open(), 60);
  await first.take(30, signal);
  expect(await fresh.has()).toBe(false);
});

test("BodyBudget counts what a complete body has, not what it took", async () => {
  const budget = new BodyBudget(100, 1e6);
  const share = await holding(budget, 90);
  const other = asked(budget.open(), 50);
  expect(await other.has()).toBe(false);
  share.settle(45);
  expect(await other.has()).toBe(true);
});

test("BodyBudget refuses a body that waits for too long, and forgets one that is not wanted", async () => {
  const budget = new BodyBudget(100, 300);
  const first = await holding(budget, 90);
  await expect(budget.open().take(11, signal)).rejects.toMatchObject({ status: 503 });
  const controller = new AbortController();
  const unwanted = budget.open().take(100, controller.signal);
  const next = asked(budget.open(), 10);
  controller.abort(new Error("gone"));
  await expect(unwanted).rejects.toThrow("gone");
  expect(await next.has()).toBe(true);
  first.release();
});

test("BodyBudget gives nothing to a body whose request is over", async () => {
  const budget = new BodyBudget(100, 1e6);
  const share = await holding(budget, 90);
  share.release();
  await expect(share.take(10, signal)).rejects.toThrow("must not be over");
  await holding(budget, 100);
});

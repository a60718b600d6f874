import { expect, test } from "vitest";
import { BodyBudget, type BodyShare } from "../src/bodybudget";

const { signal } = new AbortController();

/** Whether a share has got what it asked for; asked after the others had their turn. */
function asked(share: BodyShare, bytes: number): { readonly has: () => Promise<boolean> } {
  let granted = false;
  void share.take(bytes, signal).then(() => {
    granted = true;
  });
  return { has: () => new Promise((resolve) => setImmediate(() => resolve(granted))) };
}

function complete(budget: BodyBudget, bytes: number): BodyShare {
  const share = budget.open();
  void share.take(bytes, signal);
  share.settle(bytes);
  return share;
}

test("BodyBudget lets bodies wait, in order, until there is room", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = complete(budget, 60);
  const large = asked(budget.open(), 50);
  const small = asked(budget.open(), 10);
  expect([await large.has(), await small.has()]).toEqual([false, false]);
  first.release();
  expect([await large.has(), await small.has()]).toEqual([true, true]);
});

test("BodyBudget grants a body that is larger than all, once nothing else is held", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = complete(budget, 10);
  const huge = asked(budget.open(), 1000);
  expect(await huge.has()).toBe(false);
  first.release();
  expect(await huge.has()).toBe(true);
});

test("BodyBudget lets the oldest of growing bodies finish, so that they never all wait", async () => {
  const budget = new BodyBudget(100, 1e6);
  const [older, younger] = [budget.open(), budget.open()];
  await older.take(50, signal);
  await younger.take(50, signal);
  const more = asked(younger, 10);
  expect(await more.has()).toBe(false);
  await older.take(30, signal);
  older.settle(80);
  expect(await more.has()).toBe(false);
  older.release();
  expect(await more.has()).toBe(true);
});

test("BodyBudget serves those that have begun before those that have not", async () => {
  const budget = new BodyBudget(100, 1e6);
  const first = complete(budget, 60);
  const begun = budget.open();
  await begun.take(30, signal);
  const fresh = asked(budget.open(), 60);
  const more = asked(begun, 40);
  first.release();
  expect([await fresh.has(), await more.has()]).toEqual([false, true]);
});

test("BodyBudget counts what a complete body has, not what it took", async () => {
  const budget = new BodyBudget(100, 1e6);
  const share = budget.open();
  await share.take(90, signal);
  const other = asked(budget.open(), 50);
  expect(await other.has()).toBe(false);
  share.settle(45);
  expect(await other.has()).toBe(true);
});

test("BodyBudget refuses a body that waits for too long, and forgets one that is not wanted", async () => {
  const budget = new BodyBudget(100, 20);
  const first = complete(budget, 100);
  await expect(budget.open().take(1, signal)).rejects.toMatchObject({ status: 503, retryAfterS: 10 });
  const controller = new AbortController();
  const unwanted = budget.open();
  const waiting = unwanted.take(100, controller.signal);
  controller.abort(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  unwanted.release();
  first.release();
  await budget.open().take(100, signal);
});

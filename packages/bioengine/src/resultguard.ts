import type { Results } from "@bioengine/triton";

/** What others call the labels of the objects. */
const masks =
  /^(masks?_?|labels?|labelled|segmentations?|segmented|outputs?|predictions?|instances|result)$/i;

/**
 * Let a name that a model's results don't have, and that other libraries give the mask, throw: it would be undefined,
 * also in `const { masks } = await execute(…)`. Any further name stays undefined, so that one can ask for it.
 *
 * @returns the same results
 */
export function guardResults(results: Results): Results {
  const names = Object.keys(results).filter((name) => name !== "__info__");
  const guard = new Proxy(Object.create(Object.prototype), {
    get(target, name, object) {
      if (typeof name === "symbol" || name in target || !masks.test(name) || !names.includes("mask"))
        return Reflect.get(target, name, object);
      throw new TypeError(
        `Cannot read results.${name}: the model's outputs are ${names.join(", ")}; use results.mask`,
      );
    },
  });
  return Object.setPrototypeOf(results, guard);
}

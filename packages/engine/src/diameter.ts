/** Objects of a large image that are enough to estimate their diameter. */
export const ENOUGH_OBJECTS = 200;

/** An estimate beyond these, in pixels, is wrong rather than true. */
const [SMALLEST, LARGEST] = [6, 80];

/** And so is one that differs so many times from what a model was trained on. */
const MOST = 3;

/**
 * Diameter of the circle with the median area, 6 to 80 pixels; undefined if there are no areas.
 *
 * @param typical diameter of what a model was trained on: up to three times smaller or larger ones are possible, too
 */
export function medianDiameter(areas: readonly number[], typical?: number): number | undefined {
  if (areas.length === 0) return undefined;
  const sorted = Float64Array.from(areas).sort();
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  const smallest = typical === undefined ? SMALLEST : Math.min(SMALLEST, typical / MOST);
  const largest = typical === undefined ? LARGEST : Math.max(LARGEST, typical * MOST);
  return Math.min(Math.max(Math.sqrt((4 * median) / Math.PI), smallest), largest);
}

/** The items in an order whose beginning is spread over all of them. */
export function spread<T>(items: readonly T[]): T[] {
  // Multiples of the golden ratio fill the unit interval evenly at any length.
  const places = items.map((item, index) => ({ item, place: (index * 0.6180339887498949) % 1 }));
  return places.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

import { descendingOrder } from "./order";
import { type Outline, OutlineMaker, raysOf } from "./outline";
import { OutlineGrid } from "./outlinegrid";
import { sharedArea } from "./overlap";
import { pickObjects, type StarObjects } from "./starobjects";

const copyOf = (outline: Outline): Outline => {
  const strips = outline.bottom - outline.top;
  return {
    ...outline,
    starts: outline.starts.slice(0, strips + 1),
    spans: outline.spans.slice(0, 4 * outline.starts[strips]),
  };
};

/**
 * Greedy non-maximum suppression: the most probable objects first, an object is dropped when it shares more than
 * `threshold` of the smaller polygon's area with one that was kept (Schmidt et al. 2018). As StarDist's C++ does,
 * polygons are measured with vertices cut to whole pixels; where it rounds the corners of what two polygons share to
 * whole pixels as well, this is exact. No limit on the number of objects.
 *
 * @param objects in any order; not modified
 * @param threshold largest share of the smaller polygon that two objects may have in common, 0 to 1
 * @returns copies of the objects that stay, most probable first
 */
export function suppress(objects: StarObjects, threshold: number): StarObjects {
  const { count, rays, y, x, probability, distances } = objects;
  const maker = new OutlineMaker(raysOf(rays));
  const kept: Outline[] = [];
  const grid = new OutlineGrid(objects);
  const numbers = new Int32Array(count);
  const near = new Int32Array(count);
  for (const object of descendingOrder(probability)) {
    const outline = maker.place(y[object], x[object], distances, object * rays);
    // No polygon shares more than all of the smaller one.
    const found = threshold < 1 ? grid.near(outline, threshold, near) : 0;
    if (found > 0) maker.cut();
    let isFree = true;
    for (let i = 0; i < found && isFree; i++) {
      const limit = threshold * Math.min(outline.area, kept[near[i]].area);
      isFree = sharedArea(outline, kept[near[i]], limit) <= limit;
    }
    if (!isFree) continue;
    if (found === 0) maker.cut();
    numbers[kept.length] = object;
    grid.add(outline);
    kept.push(copyOf(outline));
  }
  return pickObjects(objects, numbers.subarray(0, kept.length));
}

import type { Point } from "../viewport";

/** The corners of the rectangle between two positions. */
export function rectangle(from: Point, to: Point): Point[] {
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

/**
 * Whether a position lies inside a polygon, by the even-odd rule.
 *
 * @param corners the last is joined to the first
 */
export function isInside({ x, y }: Point, corners: readonly Point[]): boolean {
  let inside = false;
  corners.forEach((to, position) => {
    const from = corners.at(position - 1) ?? to;
    if (from.y > y === to.y > y) return;
    if (x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)) inside = !inside;
  });
  return inside;
}

/** A triangle of a hull, its corners as indices of points, anticlockwise from outside. */
interface Facet {
  readonly corners: readonly [number, number, number];
  /** Outward normal. */
  readonly z: number;
  readonly y: number;
  readonly x: number;
  /** A point is outside where normal · point is more. */
  readonly offset: number;
}

/** Points `[z, y, x]` one after another, whole numbers. */
export type Points = readonly number[] | Int32Array;

/** The convex hull of points that aren't all in one plane. */
export interface Polyhedron {
  readonly facets: readonly Facet[];
}

/** How far a point is outside of a facet, in units of the normal's length; exact. */
function height({ z, y, x, offset }: Facet, points: Points, point: number): number {
  return z * points[3 * point] + y * points[3 * point + 1] + x * points[3 * point + 2] - offset;
}

function facetOf(points: Points, a: number, b: number, c: number): Facet {
  const [az, ay, ax] = [points[3 * a], points[3 * a + 1], points[3 * a + 2]];
  const [bz, by, bx] = [points[3 * b] - az, points[3 * b + 1] - ay, points[3 * b + 2] - ax];
  const [cz, cy, cx] = [points[3 * c] - az, points[3 * c + 1] - ay, points[3 * c + 2] - ax];
  const [z, y, x] = [by * cx - bx * cy, bx * cz - bz * cx, bz * cy - by * cz];
  return { corners: [a, b, c], z, y, x, offset: z * az + y * ay + x * ax };
}

const isFlat = ({ z, y, x }: Facet) => z === 0 && y === 0 && x === 0;

/** Four points that aren't in one plane, as the facets between them; undefined if there are none. */
function firstFacets(points: Points): Facet[] | undefined {
  const count = points.length / 3;
  const indices = Array.from({ length: count }, (_, index) => index);
  const second = indices.find((point) => [0, 1, 2].some((axis) => points[3 * point + axis] !== points[axis]));
  if (second === undefined) return undefined;
  const third = indices.find((point) => !isFlat(facetOf(points, 0, second, point)));
  if (third === undefined) return undefined;
  const base = facetOf(points, 0, second, third);
  const fourth = indices.find((point) => height(base, points, point) !== 0);
  if (fourth === undefined) return undefined;
  const [a, b, c] = height(base, points, fourth) < 0 ? [0, second, third] : [0, third, second];
  return [
    facetOf(points, a, b, c),
    facetOf(points, b, a, fourth),
    facetOf(points, c, b, fourth),
    facetOf(points, a, c, fourth),
  ];
}

/**
 * The convex hull of points in space, built point by point: those facets that see a new point give way to a cone from
 * their outline to it. In whole numbers, and so exact.
 *
 * @returns undefined if all points are in one plane
 */
export function hullOfPoints(points: Points): Polyhedron | undefined {
  let facets = firstFacets(points);
  if (facets === undefined) return undefined;
  const count = points.length / 3;
  for (let point = 0; point < count; point++) {
    const first = facets.findIndex((facet) => height(facet, points, point) > 0);
    if (first === -1) continue;
    const blind = facets.slice(0, first);
    const seeing: Facet[] = [];
    for (let index = first; index < facets.length; index++) {
      (height(facets[index], points, point) > 0 ? seeing : blind).push(facets[index]);
    }
    const edges = new Map<number, readonly [number, number]>();
    for (const { corners } of seeing) {
      for (let side = 0; side < 3; side++) {
        const [from, to] = [corners[side], corners[(side + 1) % 3]];
        // An edge that two of them share, in both directions, is not on their outline.
        if (!edges.delete(to * count + from)) edges.set(from * count + to, [from, to]);
      }
    }
    for (const [from, to] of edges.values()) blind.push(facetOf(points, from, to, point));
    facets = blind;
  }
  return { facets };
}

/** The points that are corners of a hull. */
export function cornersOf({ facets }: Polyhedron, points: Points): Points {
  const corners = new Set(facets.flatMap(({ corners }) => corners));
  return [...corners].flatMap((point) => [points[3 * point], points[3 * point + 1], points[3 * point + 2]]);
}

/** A triangle of a hull, its corners as indices of points, anticlockwise from outside. */
interface Facet {
  readonly corners: readonly [number, number, number];
  /** Outward normal z, y, x and the offset: a point is outside where normal · point > offset. */
  readonly plane: readonly [number, number, number, number];
}

/** Points `[z, y, x]` one after another, whole numbers. */
export type Points = readonly number[] | Int32Array;

/** The convex hull of points that aren't all in one plane. */
export interface Polyhedron {
  readonly facets: readonly Facet[];
}

/** How far a point is outside of a facet, in units of the normal's length; exact. */
function height({ plane: [nz, ny, nx, offset] }: Facet, points: Points, point: number): number {
  return nz * points[3 * point] + ny * points[3 * point + 1] + nx * points[3 * point + 2] - offset;
}

function facetOf(points: Points, a: number, b: number, c: number): Facet {
  const [az, ay, ax] = [points[3 * a], points[3 * a + 1], points[3 * a + 2]];
  const [bz, by, bx] = [points[3 * b] - az, points[3 * b + 1] - ay, points[3 * b + 2] - ax];
  const [cz, cy, cx] = [points[3 * c] - az, points[3 * c + 1] - ay, points[3 * c + 2] - ax];
  const [nz, ny, nx] = [by * cx - bx * cy, bx * cz - bz * cx, bz * cy - by * cz];
  return { corners: [a, b, c], plane: [nz, ny, nx, nz * az + ny * ay + nx * ax] };
}

const isFlat = ({ plane: [nz, ny, nx] }: Facet) => nz === 0 && ny === 0 && nx === 0;

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
    const seeing: Facet[] = [];
    for (const facet of facets) if (height(facet, points, point) > 0) seeing.push(facet);
    if (seeing.length === 0) continue;
    const edges = new Map<number, readonly [number, number]>();
    for (const { corners } of seeing) {
      for (let side = 0; side < 3; side++) {
        const [from, to] = [corners[side], corners[(side + 1) % 3]];
        // An edge that two of them share, in both directions, is not on their outline.
        if (!edges.delete(to * count + from)) edges.set(from * count + to, [from, to]);
      }
    }
    const gone = new Set(seeing);
    facets = facets.filter((facet) => !gone.has(facet));
    for (const [from, to] of edges.values()) facets.push(facetOf(points, from, to, point));
  }
  return { facets };
}

/** The points that are corners of a hull. */
export function cornersOf({ facets }: Polyhedron, points: Points): Points {
  const corners = new Set(facets.flatMap(({ corners }) => corners));
  return [...corners].flatMap((point) => [points[3 * point], points[3 * point + 1], points[3 * point + 2]]);
}

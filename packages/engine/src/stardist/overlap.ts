import type { Outline } from "./outline";

/** Integral over 0 to `length` of a line from `start` to `end`, where it is positive. */
function positivePart(start: number, end: number, length: number): number {
  if (start >= 0 && end >= 0) return ((start + end) / 2) * length;
  if (start <= 0 && end <= 0) return 0;
  const peak = Math.max(start, end);
  return ((peak * peak) / (2 * Math.abs(start - end))) * length;
}

/** Where the line from `start` to `end` over 0 to 1 changes sign; 1 if it doesn't. */
const crossing = (start: number, end: number): number =>
  start < 0 !== end < 0 && start !== end ? start / (start - end) : 1;

/**
 * Area that two trapezoids share whose sides cross: their common width changes linearly between the crossings.
 *
 * @param right0 how far right of the second's the first's right end is at the top, and so on
 * @param width0 the second's width at the top
 */
function crossedArea(
  right0: number,
  right1: number,
  left0: number,
  left1: number,
  width0: number,
  width1: number,
): number {
  const common = (at: number): number =>
    width0 +
    (width1 - width0) * at +
    Math.min(right0 + (right1 - right0) * at, 0) -
    Math.max(left0 + (left1 - left0) * at, 0);
  const onLeft = crossing(left0, left1);
  const onRight = crossing(right0, right1);
  const first = Math.min(onLeft, onRight);
  const second = Math.max(onLeft, onRight);
  const atFirst = common(first);
  const atSecond = common(second);
  return (
    positivePart(common(0), atFirst, first) +
    positivePart(atFirst, atSecond, second - first) +
    positivePart(atSecond, common(1), 1 - second)
  );
}

/**
 * Area that two outlines share, in px².
 *
 * @param enough measuring ends once the area is over this
 * @returns the area, or a part of it that is over `enough`
 */
export function sharedArea(a: Outline, b: Outline, enough: number): number {
  const { starts: startsA, spans: spansA } = a;
  const { starts: startsB, spans: spansB } = b;
  const shift = b.column - a.column;
  const first = Math.max(a.top, b.top);
  const strips = Math.min(a.bottom, b.bottom) - first;
  let area = 0;
  for (
    let strip = 0, stripA = first - a.top, stripB = first - b.top;
    strip < strips;
    strip++, stripA++, stripB++
  ) {
    const lastA = 4 * startsA[stripA + 1];
    const firstB = 4 * startsB[stripB];
    const lastB = 4 * startsB[stripB + 1];
    for (let i = 4 * startsA[stripA]; i < lastA; i += 4) {
      const left0 = spansA[i];
      const left1 = spansA[i + 1];
      const right0 = spansA[i + 2];
      const right1 = spansA[i + 3];
      for (let j = firstB; j < lastB; j += 4) {
        const otherLeft0 = spansB[j] + shift;
        const otherLeft1 = spansB[j + 1] + shift;
        const otherRight0 = spansB[j + 2] + shift;
        const otherRight1 = spansB[j + 3] + shift;
        const upper = Math.min(right0, otherRight0) - Math.max(left0, otherLeft0);
        const lower = Math.min(right1, otherRight1) - Math.max(left1, otherLeft1);
        const sidesCross =
          (left0 - otherLeft0) * (left1 - otherLeft1) < 0 ||
          (right0 - otherRight0) * (right1 - otherRight1) < 0;
        if (sidesCross) {
          area += crossedArea(
            right0 - otherRight0,
            right1 - otherRight1,
            left0 - otherLeft0,
            left1 - otherLeft1,
            otherRight0 - otherLeft0,
            otherRight1 - otherLeft1,
          );
        } else if (upper >= 0 && lower >= 0) area += (upper + lower) / 2;
        else area += positivePart(upper, lower, 1);
      }
    }
    if (area > enough) break;
  }
  return area;
}

// Lanczos' approximation of the gamma function with g = 7 (Godfrey's coefficients), to 15 digits.
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const series = lanczos.reduce((sum, coefficient, index) =>
    index === 0 ? coefficient : sum + coefficient / (x - 1 + index),
  );
  const t = x + 6.5;
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

const TINY = 1e-300;
const PRECISION = 1e-16;
const STEPS = 10_000;

/** A continued fraction b0 + a1 / (b1 + a2 / (b2 + …)), by Lentz's method. */
function continuedFraction(b0: number, term: (step: number) => readonly [a: number, b: number]): number {
  let value = b0 || TINY;
  let [c, d] = [value, 0];
  for (let step = 1; step <= STEPS; step++) {
    const [a, b] = term(step);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}

/** The regularised incomplete beta function (DLMF 8.17.22). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  const fraction = continuedFraction(1, (step) => {
    const m = Math.floor(step / 2);
    const d =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [d, 1];
  });
  return factor / (a * fraction);
}

/** How probable a value of at least f is, in Fisher's distribution of a quotient of variances. */
export function fisherTail(f: number, above: number, below: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  // Of f close to 0, the other end of the integral keeps the digits.
  return above * f < below
    ? 1 - incompleteBeta((above * f) / (below + above * f), above / 2, below / 2)
    : incompleteBeta(below / (below + above * f), below / 2, above / 2);
}

/** How probable a value of at least x is, in the chi-square distribution. */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const [a, z] = [degreesOfFreedom / 2, x / 2];
  const factor = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    // The incomplete gamma function by its series (DLMF 8.7.1).
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; term > PRECISION * sum; n++) {
      term *= z / (a + n);
      sum += term;
    }
    return 1 - factor * sum;
  }
  // By its continued fraction (DLMF 8.9.2).
  return factor / continuedFraction(z + 1 - a, (n) => [n * (a - n), z + 2 * n + 1 - a]);
}

/** How probable a value at least as far from 0 as t is, in Student's distribution. */
export function studentTails(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  const square = t * t;
  // Of t close to 0, the other end of the integral keeps the digits.
  return square < degreesOfFreedom
    ? 1 - incompleteBeta(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2)
    : incompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
}

/** The t beyond which, on both sides, a share of Student's distribution is. */
export function studentQuantile(tails: number, degreesOfFreedom: number): number {
  let [low, high] = [0, 1];
  while (studentTails(high, degreesOfFreedom) > tails) high *= 2;
  // Halving 60 times leaves the rounding of doubles.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, degreesOfFreedom) > tails) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How probable a value at least as far from 0 as z is, in the normal distribution. */
export function normalTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x < 2) {
    // erf by its series (DLMF 7.6.2).
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > PRECISION * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  // erfc by its continued fraction (DLMF 7.9.1).
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / continuedFraction(x, (step) => [step / 2, x]);
}

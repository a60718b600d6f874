// Light that is weaker counts as this weak, which makes a stain of 1.
const DARK = 1e-6;

/** The logarithm of how much light a density of 1 lets through. */
const UNIT: number = Math.log(DARK);

/** How densely that takes light away of which a share is left. */
export const densityOf = (share: number): number => Math.log(Math.max(share, DARK)) / UNIT;

// A power of 2 is that of a whole number, of a fraction from a table, and of what is left, by a short series.
const FRACTIONS = 1024;
const fractions = Float64Array.from({ length: FRACTIONS }, (_, i) => 2 ** (-i / FRACTIONS));
const wholes = Float64Array.from({ length: 1100 }, (_, i) => 2 ** -i);
const STEPS = -UNIT * (FRACTIONS / Math.LN2);
const STEP = Math.LN2 / FRACTIONS;
const MOST = (wholes.length - 1) * FRACTIONS;

/** The share of light, at most 1, that a density leaves: `DARK ** density`, within 2e-15 of it up to a density of 1. */
export function transmittanceOf(density: number): number {
  const wanted = density * STEPS;
  const steps = wanted < 0 ? 0 : wanted > MOST ? MOST : wanted;
  const step = (steps + 0.5) | 0;
  const rest = (step - steps) * STEP;
  const series = 1 + rest * (1 + rest * (1 / 2 + rest / 6));
  return wholes[step >> 10] * fractions[step & (FRACTIONS - 1)] * series;
}

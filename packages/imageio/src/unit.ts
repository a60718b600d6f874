/** Micrometres of the units that OME-XML, ImageJ and NGFF name; undefined for a unit that is no length. */
export function micrometres(unit: string): number | undefined {
  const name = unit
    .replace(/\\u00B5/gi, "µ")
    .replace("μ", "µ")
    .trim();
  return lengths[name] ?? lengths[name.toLowerCase()];
}

const lengths: Record<string, number> = {
  µm: 1,
  um: 1,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometre: 1,
  nm: 1e-3,
  nanometer: 1e-3,
  nanometre: 1e-3,
  å: 1e-4,
  angstrom: 1e-4,
  pm: 1e-6,
  mm: 1e3,
  millimeter: 1e3,
  millimetre: 1e3,
  cm: 1e4,
  centimeter: 1e4,
  centimetre: 1e4,
  m: 1e6,
  meter: 1e6,
  metre: 1e6,
  inch: 25_400,
  in: 25_400,
};

/** A pixel size, if it is one: positive and finite. */
export const knownSize = (size: number | undefined): number | undefined =>
  size !== undefined && size > 0 && size < Number.POSITIVE_INFINITY ? size : undefined;

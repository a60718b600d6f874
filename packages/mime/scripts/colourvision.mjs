// OKLab (Ottosson 2020) and colour blindness (Machado, Oliveira, Fernandes 2009, severity 1), on 8-bit sRGB.

const matrices = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
];

const linear = (value) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const encoded = (value) => 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const product = (m, [a, b, c]) => [0, 3, 6].map((row) => m[row] * a + m[row + 1] * b + m[row + 2] * c);

/** Functions from sRGB to the sRGB that normal, protanope, deuteranope, tritanope eyes see. */
export const visions = matrices.map(
  (matrix) => (rgb) =>
    product(matrix, rgb.map(linear)).map((value) => encoded(Math.min(1, Math.max(0, value)))),
);

export function toOklab(rgb) {
  const toCones = [
    0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
    0.2817188376, 0.6299787005,
  ];
  const toLab = [
    0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371,
    0.7827717662, -0.808675766,
  ];
  return product(toLab, product(toCones, rgb.map(linear)).map(Math.cbrt));
}

/** Rounded 8-bit sRGB, or undefined outside of its gamut. */
export function fromOklab(lab) {
  const toCones = [
    1, 0.3963377774, 0.2158037573, 1, -0.1055613458, -0.0638541728, 1, -0.0894841775, -1.291485548,
  ];
  const toRgb = [
    4.0767416621, -3.3077115913, 0.2309699292, -1.2684380046, 2.6097574011, -0.3413193965, -0.0041960863,
    -0.7034186147, 1.707614701,
  ];
  const rgb = product(
    toRgb,
    product(toCones, lab).map((value) => value ** 3),
  );
  if (rgb.some((value) => value < 0 || value > 1)) return undefined;
  return rgb.map((value) => Math.round(encoded(value)));
}

// Made-up fluorescence images: whole numbers, as a camera counts photons, on a background that varies smoothly.

/** Uniform random numbers from 0 to 1 (mulberry32), the same for each run. */
export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Three channels of microscopy-like float32, `[3, size, size]`: counts of mean 80 to 320, with the spread of Poisson's
 * distribution, which is nearly normal there.
 */
export function microscopyImage(size) {
  const random = randomOf(1);
  const image = new Float32Array(3 * size * size);
  for (let index = 0; index < image.length; index++) {
    const [x, y] = [index % size, Math.floor(index / size) % size];
    const channel = Math.floor(index / size / size);
    const mean = 200 + 120 * Math.sin((x / size) * 9 + channel) * Math.cos((y / size) * 7);
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    image[index] = Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  return image;
}

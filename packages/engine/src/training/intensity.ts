import { gaussianBlur } from "./gaussianblur";
import { normal, type Random, uniform } from "./random";

/**
 * Change the intensities of a crop a little, as another exposure might: gamma, gain and offset, sometimes blur, often
 * noise. The contrast keeps its direction: a network is to learn that of the user's images.
 *
 * @param values `[side, side]` around 0 to 1, changed in place
 */
export function varyIntensities(values: Float32Array, side: number, random: Random): void {
  const gamma = random() < 0.5 ? Math.exp(uniform(random, -0.3, 0.3)) : 1;
  const gain = uniform(random, 0.8, 1.2);
  const offset = uniform(random, -0.1, 0.1);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel];
    // A power in a third of the time.
    const bent = gamma === 1 ? value : Math.sign(value) * Math.exp(gamma * Math.log(Math.abs(value)));
    values[pixel] = gain * bent + offset;
  }
  if (random() < 0.2) gaussianBlur(values, side, uniform(random, 0.5, 1));
  if (random() < 0.5) {
    const deviation = uniform(random, 0, 0.06);
    const noise = normal(random);
    for (let pixel = 0; pixel < values.length; pixel++) values[pixel] += deviation * noise();
  }
}

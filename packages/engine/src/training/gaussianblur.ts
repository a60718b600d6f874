/**
 * Blur a square by a Gaussian that is cut off at three deviations; beyond the edges the last value goes on.
 *
 * @param values `[side, side]`, changed in place
 * @param deviation pixels, above 0
 */
export function gaussianBlur(values: Float32Array, side: number, deviation: number): void {
  const radius = Math.ceil(3 * deviation);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const line = new Float64Array(side + 2 * radius);
  for (const [along, across] of [
    [1, side],
    [side, 1],
  ]) {
    for (let index = 0; index < side; index++) {
      const first = index * across;
      for (let place = 0; place < line.length; place++) {
        const position = Math.min(Math.max(place - radius, 0), side - 1);
        line[place] = values[first + position * along];
      }
      for (let position = 0; position < side; position++) {
        let blurred = 0;
        for (let tap = 0; tap < weights.length; tap++) blurred += weights[tap] * line[position + tap];
        values[first + position * along] = blurred / sum;
      }
    }
  }
}

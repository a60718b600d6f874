/**
 * Pixels in the order of their values, and of equal ones in that of their ages: a binary heap. Of pixels that are equal
 * in both, the order is that of scikit-image's heap, on which the borders between equal basins depend.
 */
export class PixelQueue {
  private values = new Float64Array(1024);
  private ages = new Int32Array(1024);
  private pixels = new Int32Array(1024);
  private count = 0;
  /** The value of the pixel that was last taken. */
  value = 0;

  get length(): number {
    return this.count;
  }

  private grow(): void {
    const size = 2 * this.values.length;
    const [values, ages, pixels] = [new Float64Array(size), new Int32Array(size), new Int32Array(size)];
    values.set(this.values);
    ages.set(this.ages);
    pixels.set(this.pixels);
    this.values = values;
    this.ages = ages;
    this.pixels = pixels;
  }

  push(value: number, age: number, pixel: number): void {
    if (this.count === this.values.length) this.grow();
    const { values, ages, pixels } = this;
    let child = this.count++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const other = values[parent];
      if (value > other || (value === other && age >= ages[parent])) break;
      values[child] = other;
      ages[child] = ages[parent];
      pixels[child] = pixels[parent];
      child = parent;
    }
    values[child] = value;
    ages[child] = age;
    pixels[child] = pixel;
  }

  /** Take the first pixel; there must be one. */
  pop(): number {
    const { values, ages, pixels } = this;
    const first = pixels[0];
    this.value = values[0];
    const last = --this.count;
    const value = values[last];
    const age = ages[last];
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      let least = values[child];
      const right = child + 1;
      // The right child goes up only if it is before both the left one and the one that sinks.
      if (right < last) {
        const other = values[right];
        if (
          (other < least || (other === least && ages[right] < ages[child])) &&
          (other < value || (other === value && ages[right] < age))
        ) {
          least = other;
          child = right;
        }
      }
      if (least > value || (least === value && ages[child] >= age)) break;
      values[at] = least;
      ages[at] = ages[child];
      pixels[at] = pixels[child];
      at = child;
    }
    values[at] = value;
    ages[at] = age;
    pixels[at] = pixels[last];
    return first;
  }
}

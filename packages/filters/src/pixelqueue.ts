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
    const wider = <A extends Float64Array | Int32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    const size = 2 * this.values.length;
    this.values = wider(this.values, new Float64Array(size));
    this.ages = wider(this.ages, new Int32Array(size));
    this.pixels = wider(this.pixels, new Int32Array(size));
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
    const [value, age] = [values[last], ages[last]];
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= last) break;
      const right = left + 1;
      const [leftValue, leftAge] = [values[left], ages[left]];
      let least = leftValue < value || (leftValue === value && leftAge < age) ? left : at;
      const [leastValue, leastAge] = least === at ? [value, age] : [leftValue, leftAge];
      if (
        right < last &&
        (values[right] < leastValue || (values[right] === leastValue && ages[right] < leastAge))
      ) {
        least = right;
      }
      if (least === at) break;
      values[at] = values[least];
      ages[at] = ages[least];
      pixels[at] = pixels[least];
      at = least;
    }
    values[at] = value;
    ages[at] = age;
    pixels[at] = pixels[last];
    return first;
  }
}

/** How the picture's brightness is shown. Levels are from 0, black, to 1. */
export interface Tone {
  /** The one colour channel that shows, as grey; `null` shows all. */
  readonly channel: 0 | 1 | 2 | null;
  /** The level that becomes black. */
  readonly black: number;
  /** The level that becomes white. */
  readonly white: number;
  /** Above 1 lifts what is dark. */
  readonly gamma: number;
}

/** The picture as it is. */
export const PLAIN_TONE: Tone = { channel: null, black: 0, white: 1, gamma: 1 };

/** Black and white are at least this far apart. */
const LEAST_RANGE = 1 / 255;

/** Factor from a level above black to what shows. */
export function toneGain({ black, white }: Tone): number {
  return 1 / Math.max(white - black, LEAST_RANGE);
}

/** Whether the picture shows as it is. */
export function isPlain({ channel, black, white, gamma }: Tone): boolean {
  return channel === null && black === 0 && white === 1 && gamma === 1;
}

/**
 * Show RGBA pixels in another tone, in place; transparency stays.
 *
 * @param pixels 8-bit RGBA
 */
export function applyTone(pixels: Uint8ClampedArray, tone: Tone): void {
  const gain = toneGain(tone);
  const curve = Uint8ClampedArray.from({ length: 256 }, (_, level) => {
    const part = Math.min(Math.max((level / 255 - tone.black) * gain, 0), 1);
    return 255 * part ** (1 / tone.gamma);
  });
  const { channel } = tone;
  for (let i = 0; i < pixels.length; i += 4) {
    pixels[i] = curve[pixels[i + (channel ?? 0)]];
    pixels[i + 1] = channel === null ? curve[pixels[i + 1]] : pixels[i];
    pixels[i + 2] = channel === null ? curve[pixels[i + 2]] : pixels[i];
  }
}

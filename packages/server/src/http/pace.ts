import { ProtocolError } from "@bioengine/triton";
import type { Limits } from "./limits";

/** Watches how quickly a body comes. */
export interface Pace {
  /** So many bytes have come. */
  count(bytes: number): void;
  /** Rejects, with a `ProtocolError` 408, when too few come. */
  readonly tooSlow: Promise<never>;
  /** Stop watching. */
  end(): void;
}

/** Watch the pace of a body until it is complete, which it may be before it is decompressed. */
export function watchPace({ paceBytes, paceMs }: Limits, isComplete: () => boolean): Pace {
  let came = 0;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (came < paceBytes && !isComplete()) {
        const asked = `at least ${paceBytes} bytes must come in ${paceMs} ms`;
        reject(new ProtocolError(408, `Cannot receive the request: ${asked}, got ${came}`));
      }
      came = 0;
    }, paceMs);
  });
  return {
    count(bytes) {
      came += bytes;
    },
    tooSlow,
    end: () => clearInterval(timer),
  };
}

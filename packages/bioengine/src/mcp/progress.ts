import type { TransferProgress } from "@bioengine/triton";
import type { ServerContext } from "@modelcontextprotocol/server";

const phases = ["sending", "running", "receiving"] as const;
const words = { sending: "sending the image", running: "the model runs", receiving: "receiving the mask" };

/** How far a call of a tool is, told to a client that has asked for it. */
export interface ToolProgress {
  /** Tell of a step that has begun: 0 reads, 1 to 3 run the model, 4 writes. */
  step(number: number, message: string): void;
  /** Tell how far the model's run is. */
  readonly onProgress: (progress: TransferProgress) => void;
}

/** The number of steps of a segmentation. */
const total = 5;

/** Progress notifications for one call; what is told twice, or goes back as planes take turns, is left out. */
export function toolProgress({ mcpReq }: ServerContext): ToolProgress {
  const progressToken = mcpReq._meta?.progressToken;
  let last = -1;
  const tell = (progress: number, message: string) => {
    if (progressToken === undefined || progress <= last) return;
    last = progress;
    // A client that has gone misses it.
    const params = { progressToken, progress, total, message };
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => {});
  };
  return {
    step: tell,
    onProgress({ phase, loaded, total: all = 0 }) {
      const share = all > 0 ? loaded / all : 0;
      tell(1 + phases.indexOf(phase) + Math.min(share, 0.99), words[phase]);
    },
  };
}

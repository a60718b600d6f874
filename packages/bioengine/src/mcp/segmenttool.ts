import { maskBundle, maskThumbnail } from "@bioengine/display";
import { imread, imwrite } from "@bioengine/imageio";
import type { CallToolResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { segment } from "../segment";
import { toolProgress } from "./progress";
import { maskPathBeside, placeOf } from "./toolfolder";

const inputSchema = z.strictObject({
  imagePath: z
    .string()
    .describe("TIFF, PNG, JPEG, OME-Zarr, NIfTI or NPY; [y, x], [y, x, c] or a stack [z, y, x]"),
  modelName: z
    .string()
    .default("cellpose-python")
    .describe(
      '"cellpose-python" for cells and nuclei of any shape, "stardist" for roundish, crowded ones, or a model trained from one',
    ),
  parameters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe(
      'the model\'s own, e.g. { "diameter": 30 } in pixels for cellpose-python, { "prob_thresh": 0.5 } for stardist',
    ),
  serverUrl: z
    .string()
    .optional()
    .describe("a Triton server; left out: the engine that comes with the library"),
  maskPath: z
    .string()
    .optional()
    .describe("the file to write; left out: <image>-<model>-mask.tif beside the image"),
  stitchThreshold: z
    .number()
    .optional()
    .describe(
      "for a stack: least overlap (IoU) by which an object keeps its label from plane to plane, e.g. 0.25",
    ),
});

type Input = z.infer<typeof inputSchema>;

async function run(input: Input, context: ServerContext): Promise<CallToolResult> {
  const { modelName, parameters, serverUrl, stitchThreshold } = input;
  const { signal } = context.mcpReq;
  const progress = toolProgress(context);
  const imagePath = placeOf(input.imagePath);
  progress.step(0, "reading the image");
  const image = await imread(imagePath);
  const options = { modelName, parameters, serverUrl, stitchThreshold, signal };
  progress.step(1, `running ${modelName}`);
  const { mask, server } = await segment(image, { ...options, onProgress: progress.onProgress });
  signal.throwIfAborted();
  progress.step(4, "writing the mask");
  const maskPath =
    input.maskPath === undefined ? maskPathBeside(imagePath, modelName) : placeOf(input.maskPath);
  await imwrite(maskPath, mask);
  const { mimeType, data } = maskThumbnail(mask, image);
  const text = [
    maskBundle(mask, { image: image }).data["text/plain"],
    `Mask written to ${maskPath}`,
    `Made by ${modelName} on ${serverUrl ?? "the embedded engine"} in ${Math.round(server.milliseconds)} ms`,
  ].join("\n");
  return {
    content: [
      { type: "text", text },
      { type: "image", mimeType, data },
    ],
  };
}

/** Add the tool that segments an image file. */
export function addSegmentTool(server: McpServer): void {
  const config = {
    title: "Segment an image",
    description:
      "Finds the cells or nuclei of a microscopy image with a neural network. Writes the mask, one integer per object, as a file; returns a digest of it (count, areas, warnings), its path, and a small picture of it over the image.",
    inputSchema,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  };
  server.registerTool("segment", config, run);
}

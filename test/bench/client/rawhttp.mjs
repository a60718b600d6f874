import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

/**
 * The floor: an inference as plain node:http does it. The body is written in its parts, the answer read into memory of
 * its length, and nothing is checked.
 *
 * @returns the output's elements
 */
export function inferRaw(serverUrl, { model, input, output }, image) {
  const data = Buffer.from(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const binary = { binary_data_size: data.length };
  const inputs = [{ name: input, shape: image.shape, datatype: "FP32", parameters: binary }];
  const outputs = [{ name: output, parameters: { binary_data: true } }];
  const header = Buffer.from(JSON.stringify({ inputs, outputs }));
  const headers = {
    "Content-Length": header.length + data.length,
    "Inference-Header-Content-Length": header.length,
  };
  return new Promise((resolve, reject) => {
    const call = request(`${serverUrl}/v2/models/${model}/infer`, { method: "POST", agent, headers });
    call.on("error", reject);
    call.on("response", (response) => {
      const headerLength = Number(response.headers["inference-header-content-length"]);
      const padding = (8 - (headerLength % 8)) % 8;
      const body = new Uint8Array(padding + Number(response.headers["content-length"]));
      let position = padding;
      response.on("data", (chunk) => {
        body.set(chunk, position);
        position += chunk.length;
      });
      response.on("error", reject);
      response.on("end", () => {
        const elements = output === "mask" ? Uint16Array : Float32Array;
        resolve(new elements(body.buffer, padding + headerLength));
      });
    });
    call.write(header);
    call.end(data);
  });
}

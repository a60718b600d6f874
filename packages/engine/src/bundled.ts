import { join } from "node:path";
import { loadNetwork, type Network } from "./network";

/** Path of the ONNX file of a network that comes with the library. */
export const bundledPath = (name: "cellpose" | "stardist"): string =>
  join(__dirname, `../weights/${name}.onnx`);

const networks = new Map<string, Promise<Network>>();

/** A network that comes with the library, loaded on first use: `cellpose` or `stardist`. */
export function bundledNetwork(name: "cellpose" | "stardist"): Promise<Network> {
  let loading = networks.get(name);
  if (loading === undefined) {
    loading = loadNetwork(bundledPath(name));
    networks.set(name, loading);
    loading.catch(() => networks.delete(name));
  }
  return loading;
}

export { type KernelSpec, kernelSpec } from "./kernelspec";

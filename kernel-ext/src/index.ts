export {
  type CodeModelEnvironment,
  type CodeModelSettings,
  codeModelFile,
  readCodeModel,
  saveCodeModel,
  takeCodeModel,
} from "./codemodelsettings";
export { type KernelSpec, kernelSpec } from "./kernelspec";

export {
  type ExecuteOnHyphaOptions,
  executeOnHypha,
  type HyphaResultInfo,
  type HyphaResults,
} from "./execute";
export type { HyphaInput, HyphaInputs } from "./input";
export { ModelError, type ModelErrorDetails } from "./modelerror";

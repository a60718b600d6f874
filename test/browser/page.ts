// What the test's page loads, bundled for browsers.
export { executeOnHypha } from "@bioengine/hypha";
export { ndarray } from "@bioengine/ndarray";
export { execute, executeBatch, TritonClient } from "@bioengine/triton";

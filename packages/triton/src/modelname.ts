/** The model's name. @throws {TypeError} if there is none */
export function checkModelName(modelName: unknown, action: string): string {
  if (typeof modelName === "string" && modelName !== "") return modelName;
  throw new TypeError(
    `Cannot ${action}: modelName must be a model's name such as "stardist", got ${String(modelName)}`,
  );
}

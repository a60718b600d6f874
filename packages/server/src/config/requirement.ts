/** The words of a shape; `none` if there is no shape. */
export const shapeText = (shape: readonly number[] | undefined): string =>
  shape ? `[${shape.join(", ")}]` : "none";

/** Ask something of a model's configuration. @throws {Error} that names the file, the requirement and what is there */
export function requireThat(holds: boolean, requirement: string, got: string): void {
  if (!holds) throw new Error(`config.pbtxt: ${requirement}, got ${got}`);
}

import type { ModelRepository } from "../model";

/**
 * The name of the folder of a model that is trained or run.
 *
 * @param id a sequence's id, or a text
 * @param action for messages, e.g. `run cellpose-train`
 * @throws {RangeError} if it can't be a folder's name, or is one of the server's own models
 */
export function modelIdOf(id: unknown, repository: ModelRepository, action: string): string {
  const name = String(id);
  // As other systems than this one take it for a file's name, too.
  if (!/^[A-Za-z0-9_][\w.-]{0,99}$/.test(name) || name.endsWith(".")) {
    throw new RangeError(
      `Cannot ${action}: the model's id must be a whole number above 0, or letters, digits, underscores, dots and dashes, got ${name || "none"}`,
    );
  }
  if (repository.isOwn(name)) {
    throw new RangeError(
      `Cannot ${action}: the model's id must not be that of the server's own models, got ${name}`,
    );
  }
  return name;
}

/**
 * A model that comes with the library, or any other of a server.
 *
 * The intersection keeps the names apart from other strings, so that an editor offers them.
 */
export type ModelName<Known extends string = "cellpose-python" | "stardist"> =
  | Known
  | (string & Record<never, never>);

import type { Snippet } from "@bioengine/codex";
import type { Contents } from "@jupyterlab/services";
import { formatSnippetFile, parseSnippetFile, snippetFileName } from "./snippetfile";

/** The part of JupyterLab's files that is needed here. */
type Files = Pick<Contents.IManager, "get" | "save">;

/**
 * The snippets of a folder's `.ts` files, by file name; none if there is no such folder.
 *
 * @param onProblem told of each file that is no snippet
 */
export async function readSnippets(
  files: Files,
  folder: string,
  onProblem: (error: unknown) => void,
): Promise<Snippet[]> {
  if (!(await exists(files, folder))) return [];
  const { content } = await files.get(folder, { type: "directory", content: true });
  const paths = content
    .filter(({ name, type }: Contents.IModel) => type === "file" && name.endsWith(".ts"))
    .map(({ path }: Contents.IModel) => path)
    .sort();
  const snippets = await Promise.all(
    paths.map(async (path: string) => {
      const file = await files.get(path, { type: "file", format: "text", content: true });
      try {
        return [parseSnippetFile(path, file.content)];
      } catch (error) {
        onProblem(error);
        return [];
      }
    }),
  );
  return snippets.flat();
}

/**
 * Save code as a new file of a folder, which is made if needed.
 *
 * @returns the file's path
 * @throws {RangeError} if the title gives no file name, or there is such a file
 */
export async function saveSnippet(
  files: Files,
  folder: string,
  title: string,
  code: string,
): Promise<string> {
  const path = `${folder}/${snippetFileName(title)}`;
  if (await exists(files, path))
    throw new RangeError(`Cannot save the snippet: its title must be new, got ${path}, which exists`);
  const steps = folder.split("/");
  for (const [index] of steps.entries()) {
    const part = steps.slice(0, index + 1).join("/");
    if (!(await exists(files, part))) await files.save(part, { type: "directory" });
  }
  await files.save(path, { type: "file", format: "text", content: formatSnippetFile(title, code) });
  return path;
}

/** Asked of the folders above: a request for what is missing would be an error in the browser's console. */
async function exists(files: Files, path: string): Promise<boolean> {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (parent && !(await exists(files, parent))) return false;
  const { content } = await files.get(parent, { type: "directory", content: true });
  return content.some((entry: Contents.IModel) => entry.path === path);
}

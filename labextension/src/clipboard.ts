/**
 * Copy text to the system's clipboard, in answer to something that a person did.
 *
 * Browsers offer their clipboard to pages served over HTTPS or from this computer; on others, and where a person
 * or a policy forbids it, the text goes the older way of a synthetic copy command.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Only here, so that what copies doesn't need all of JupyterLab.
    const { Clipboard } = await import("@jupyterlab/apputils");
    Clipboard.copyToSystem(text);
  }
}

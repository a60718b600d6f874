import { Notification } from "@jupyterlab/apputils";

/** Tell a person what went wrong, until they have read it. */
export function showError(error: unknown): void {
  Notification.error(error instanceof Error ? error.message : String(error), { autoClose: false });
}

import { saveFile } from "../button";
import { copyText } from "../clipboard";
import { selectionCode } from "../selectioncode";
import { trans } from "../translation";
import type { MaskStage } from "./maskstage";
import { copyPicture } from "./pictureclipboard";

/** What a mask can be taken away as. */
export interface MaskExport {
  copyPicture(): void;
  savePicture(): void;
  saveDrawing(): void;
  /** The selection as TypeScript, to the clipboard. */
  copyCode(): void;
}

/**
 * What a mask can be taken away as.
 *
 * @param name of files, without their ending
 * @param selected the selected labels, ascending
 * @param notice tells what came of it
 */
export function maskExport(
  stage: MaskStage,
  name: string,
  selected: () => readonly number[],
  notice: (text: string) => void,
): MaskExport {
  const tell = (error: unknown) => notice(String(error instanceof Error ? error.message : error));
  return {
    copyPicture: () => void copyPicture(stage.picture()).then(() => notice(trans.__("Copied")), tell),
    savePicture: () =>
      stage.picture().toBlob((blob) => {
        if (blob) saveFile(`${name}.png`, blob);
      }),
    saveDrawing: () => saveFile(`${name}.svg`, new Blob([stage.svg()], { type: "image/svg+xml" })),
    copyCode: () =>
      void copyText(selectionCode(selected())).then(
        () => notice(trans.__("Selection copied: paste it into a cell")),
        tell,
      ),
  };
}

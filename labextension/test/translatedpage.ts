import { MASK_MIME, TABLE_MIME } from "@bioengine/mime";
import { Widget } from "@lumino/widgets";
import { MaskViewer } from "../src/mask/maskviewer";
import { TableViewer } from "../src/table/tableviewer";
import { translateWith } from "../src/translation";
import "../style/index.css";

/** A language in which each text stands in brackets, so that one sees what comes from a bundle. */
const bracketed = {
  __: (text: string, ...values: unknown[]) =>
    `⟦${text.replace(/%(\d)/g, (_, place) => String(values[place - 1]))}⟧`,
  _n: (one: string, several: string, count: number, ...values: unknown[]) =>
    bracketed.__(count === 1 ? one : several, ...values),
};

/** Show a mask and a table in that language, and all that they have to unfold. */
export async function showTranslated(mask: unknown, table: unknown): Promise<void> {
  translateWith({ load: () => bracketed });
  document.body.replaceChildren();
  const viewers = [new MaskViewer(), new TableViewer()];
  for (const viewer of viewers) {
    Widget.attach(viewer, document.body);
    await viewer.renderModel({
      trusted: false,
      data: { [MASK_MIME]: mask, [TABLE_MIME]: table } as never,
      metadata: {},
      setData() {},
    });
  }
  for (const button of document.querySelectorAll<HTMLElement>("button[aria-pressed]")) button.click();
}

/** The texts of the page, also those of tooltips, fields and screen readers. */
export function shownTexts(): string[] {
  const texts: (string | null)[] = [];
  for (const element of document.body.querySelectorAll("*")) {
    for (const name of ["title", "aria-label", "aria-roledescription", "placeholder"])
      texts.push(element.getAttribute(name));
    for (const child of element.childNodes) if (child instanceof Text) texts.push(child.data);
  }
  return texts.filter((text) => text !== null);
}

import type { TranslationBundle } from "@jupyterlab/translation";

/** What the views need of a bundle: a text, `%1` … in it replaced, and one of two by a number. */
export type Translation = Pick<TranslationBundle, "__" | "_n">;

const fill = (text: string, values: readonly unknown[]): string =>
  text.replace(/%(\d)/g, (_, place: string) => String(values[Number(place) - 1]));

const english: Translation = {
  __: (text, ...values) => fill(text, values),
  _n: (one, several, count, ...values) => fill(count === 1 ? one : several, values),
};

/** The views' texts in the person's language; English until `translateWith`. */
export let trans: Translation = english;

/** Show what is made from now on in the language of JupyterLab's translator. */
export function translateWith(translator: { load(domain: string): Translation }): void {
  trans = translator.load("bioengine");
}

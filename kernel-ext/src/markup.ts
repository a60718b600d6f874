import type { Bundle } from "./bundle";

/**
 * An element of a document, such as jsdom's or linkedom's, or a chart of Vega, as the front end shows it.
 *
 * An element is known by its `outerHTML`, a chart by `toSpec`, as in Deno.
 *
 * @returns undefined if the value is neither
 */
export function markupBundle(value: object): Bundle | undefined {
  if ("outerHTML" in value && typeof value.outerHTML === "string") {
    const { outerHTML: markup } = value;
    const type = /^<svg[\s>]/i.test(markup) ? "image/svg+xml" : "text/html";
    return { "text/plain": markup, [type]: markup };
  }
  if (!("toSpec" in value && typeof value.toSpec === "function")) return undefined;
  const specification: unknown = value.toSpec();
  const schema: unknown =
    typeof specification === "object" && specification !== null && Reflect.get(specification, "$schema");
  const [, language, version] = /\/schema\/(vega|vega-lite)\/v(\d+)/.exec(String(schema)) ?? [];
  if (!language) return undefined;
  return {
    "text/plain": JSON.stringify(specification),
    [`application/vnd.${language.replace("-", "")}.v${version}+json`]: specification,
  };
}

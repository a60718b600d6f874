// Codes of TypeScript's: names, members, modules and exports that do not exist.
const nameCodes = new Set(["2304", "2305", "2307", "2339", "2551", "2552", "2724", "2503", "18004"]);

/**
 * The class of an error that ended a cell.
 *
 * @param error an output of the kernel: `ename`, `evalue`, `traceback`
 * @returns "timeout", "syntax error", "name error", "type error", "refused" (by the library, which says why), or
 *   "other error"
 */
export function errorClassOf({ ename, evalue, traceback }) {
  if (ename === "TimeoutError") return "timeout";
  const codes = [...traceback.join("\n").matchAll(/\(TS(\d+)\)/g)].map(([, code]) => code);
  if (codes.some((code) => code.length === 4 && code.startsWith("1"))) return "syntax error";
  if (codes.length > 0) return codes.every((code) => nameCodes.has(code)) ? "name error" : "type error";
  if (ename === "SyntaxError") return "syntax error";
  if (ename === "ReferenceError" || /is not a function$/.test(evalue)) return "name error";
  return evalue.startsWith("Cannot ") ? "refused" : "other error";
}

import { consoleTableBundle } from "./consoletable";
import type { Output } from "./output";

/** Let `console.table` show a table, and `console.clear` clear the cell's output. */
export function extendConsole(output: Output): void {
  console.table = (data: unknown, properties?: readonly string[]) => {
    const bundle = consoleTableBundle(data, properties);
    if (bundle) output.display({ data: bundle });
    else console.log(data);
  };
  console.clear = () => output.clear(false);
}

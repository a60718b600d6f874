import { DataGrid } from "@lumino/datagrid";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { TableView } from "../src/table/tableview";
import "../style/index.css";

/** Show a table in place of what was shown before, and find its grid. */
export function showTable(payload: ConstructorParameters<typeof TableView>[0]): DataGrid {
  for (const name of ["--jp-ui-font-color1", "--jp-content-font-color1"])
    document.body.style.setProperty(name, "#212121");
  document.body.style.setProperty("--jp-ui-font-family", "sans-serif");
  document.body.style.setProperty("--jp-layout-color0", "white");
  document.body.style.setProperty("--jp-layout-color2", "#eeeeee");
  document.body.replaceChildren();
  const view = new TableView(payload);
  Widget.attach(view, document.body);
  MessageLoop.flush();
  const grid = view.widgets.find((widget) => widget instanceof DataGrid);
  if (!grid) throw new Error("Cannot show a table: the view must have a grid, got none");
  return grid;
}

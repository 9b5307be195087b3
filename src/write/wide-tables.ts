// What is said of tables that are wider than their page.

import type { Diagnostic } from "../diagnostic.js";
import type { Table } from "../document.js";
import type { TableLook } from "./table-look.js";

/** Returns a `table-too-wide` for each table whose words may be cut, small as its letters are. */
export function wideTables(tables: ReadonlyMap<Table, TableLook>): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [{ span, columns }, { isTooWide, widths }] of tables) {
    if (!isTooWide) continue;
    diagnostics.push({
      code: "table-too-wide",
      message: `the table's ${Math.max(columns.length, widths.length)} columns have no room on the page even in small letters, so that words in them are cut`,
      ...(span && { span }),
      hints: [
        "put it on a page of its own that lies on its side: ::: landscape before it, ::: behind it",
        "divide it into several tables",
      ],
    });
  }
  return diagnostics;
}

import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { ExportButton } from "./export-button.tsx";
import { ImportButton } from "./import-button.tsx";
import { SaveStatus } from "./save-status.tsx";
import type { useLastYear } from "./use-last-year.ts";
import type { useOfferedCodes } from "./use-offered-codes.ts";
import type { TableEditor, TableOnPage, TableValues } from "./use-table-values.ts";

const AddCode = lazyPart(async () => (await import("./add-code.tsx")).AddCode, "dialog");

/** Above a table: its name, whether it is saved, and what can be done with it as a whole. */
export function TableBar({
  report,
  form,
  edition,
  editor,
  values,
  onAddCode,
}: TableOnPage & {
  editor: TableEditor;
  values: TableValues;
  onAddCode: (code: string) => void;
}) {
  const [isAdding, setAdding] = useState(false);
  const mayAdd = editor.editable && isByCode(form);
  return (
    <div className="part-bar">
      <h2>
        {form.number !== undefined && <small>{form.number}</small>} {form.title}
      </h2>
      <SaveStatus editor={editor} />
      {mayAdd && !isAdding && (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          增加科目
        </Button>
      )}
      {mayAdd && isAdding && <AddCode codes={edition.functionCodes} onAdd={onAddCode} />}
      <ExportButton report={report} form={form} table={values.table} unit={values.unit} />
      {editor.editable && <ImportButton report={report} />}
    </div>
  );
}

/** What of a table is shown besides what is filled in. */
export function TableOptions({
  offered,
  lastYear,
}: {
  offered: ReturnType<typeof useOfferedCodes>;
  lastYear: ReturnType<typeof useLastYear>;
}) {
  if (!offered.isAny && !lastYear.isAny) return null;
  return (
    <div className="table-options">
      {offered.isAny && (
        <label className="choice">
          <input
            type="checkbox"
            checked={offered.isShown}
            onChange={(event) => offered.setShown(event.target.checked)}
          />{" "}
          显示待填科目
        </label>
      )}
      {offered.empty.size > 0 && (
        <span className="quiet">
          上年或其他报表有、本表未填的 {offered.empty.size} 个科目，不填的不保存、不印出
        </span>
      )}
      {lastYear.isAny && (
        <label className="choice last">
          <input
            type="checkbox"
            checked={lastYear.isShown}
            onChange={(event) => lastYear.setShown(event.target.checked)}
          />{" "}
          上年数
        </label>
      )}
    </div>
  );
}

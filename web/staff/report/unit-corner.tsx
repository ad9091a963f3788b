import type { ReportView } from "../../../shared/contract/responses.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { unitName, type AmountUnit } from "../../../shared/money.ts";
import { useSectionEditor } from "./use-section-editor.ts";

/** 金额单位 in the corner of a table: of one that is typed, whether in 元 or 万元. It is printed in 万元 either way. */
export function UnitCorner({
  report,
  printed: { unitLabel },
  unit,
  editable,
}: {
  report: ReportView;
  printed: PrintedTable;
  unit: AmountUnit;
  editable: boolean;
}) {
  const facts = useSectionEditor(report, "facts");
  const [, before] = /^(.*?)万?元$/u.exec(unitLabel) ?? [];
  if (!editable || before === undefined || facts.value === undefined) return unitLabel;
  const { value } = facts;
  return (
    <label
      className="unit-choice"
      title="按哪个单位录入和显示，对本报告的各表都有效；印出的表都是万元"
    >
      {before}
      <select
        aria-label="金额录入单位"
        value={unit}
        onChange={({ target }) =>
          facts.change({ ...value, enteredIn: target.value === "yuan" ? "yuan" : "wan" })
        }
      >
        <option value="wan">{unitName.wan}</option>
        <option value="yuan">{unitName.yuan}</option>
      </select>
    </label>
  );
}

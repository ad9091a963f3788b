import { formerNamesOf } from "./codes/code-history.ts";
import type { FixedRow } from "./form.ts";

/** Names that other places and years print for the same row of a form. */
const otherNames: { readonly [key: string]: readonly string[] } = {
  income_total: ["收入合计"],
  expense_total: ["支出合计"],
  income_sum: ["收入总计"],
  expense_sum: ["支出总计"],
  surplus_used: [
    "使用非财政拨款结余",
    "使用非财政拨款结余（含专用结余）",
    "用事业基金弥补收支差额",
  ],
  opening: ["年初结转和结余", "上年结转和结余", "年初财政拨款结转和结余"],
  closing: ["年末结转和结余", "结转下年", "年末财政拨款结转和结余"],
  vehicles: ["2.公务用车购置及运行费"],
  vehicle_running: ["（2）公务用车运行费"],
};

/** Every name a row may have, its own first; a 类 also under those of earlier years. */
export const namesOfRow = ({ key, name }: FixedRow): readonly string[] => [
  name,
  ...(otherNames[key] ?? []),
  ...formerNamesOf(key),
];

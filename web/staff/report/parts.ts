import type { Edition, Form } from "../../../shared/forms/form.ts";
import type { OrgKind } from "../../../shared/report/report.ts";

/** The parts of a report that have a page; the id is the last step of the address. */
export type ReportPart = { readonly id: string; readonly title: string } & (
  | { readonly kind: "table"; readonly form: Form }
  | {
      readonly kind:
        | "consolidation"
        | "facts"
        | "narrative"
        | "performance"
        | "attachments"
        | "findings"
        | "changes"
        | "history"
        | "publication";
    }
);

const part = (id: Exclude<ReportPart["kind"], "table">, title: string): ReportPart => ({
  id,
  kind: id,
  title,
});

/** The report's own order: tables, text, then what reviewers work with. Only a department is added up. */
export const partGroups = (
  edition: Edition,
  kind: OrgKind,
): { title: string; parts: ReportPart[] }[] => [
  {
    title: "决算报表",
    parts: edition.forms.map((form) => ({ id: form.id, kind: "table", title: form.title, form })),
  },
  ...(kind === "department" ? [{ title: "所属单位", parts: [part("consolidation", "汇总")] }] : []),
  {
    title: "说明与附件",
    parts: [
      part("facts", "基本情况与补充数据"),
      part("narrative", "决算情况说明"),
      part("performance", "预算绩效"),
      part("attachments", "附件"),
    ],
  },
  {
    title: "审核与公开",
    parts: [
      part("findings", "审核结果"),
      part("changes", "版本对比"),
      part("history", "办理记录"),
      part("publication", "预览与公开"),
    ],
  },
];

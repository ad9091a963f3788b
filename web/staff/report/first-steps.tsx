import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";

/** What an accountant does first in a report in which nobody has filled in a table yet. */
export function FirstSteps({ report, edition }: { report: ReportView; edition: Edition }) {
  const isBegun = edition.forms.some(({ id }) => report.sections[id] !== undefined);
  if (isBegun || !report.allowedActions.includes("edit")) return null;
  const to = (part: string, words: ReactNode) => (
    <Link to="/reports/$id/$part" params={{ id: report.id, part }}>
      {words}
    </Link>
  );
  const table = (id: TableId) => {
    const form = edition.forms.find((one) => one.id === id);
    return form && to(id, `《${form.title}》`);
  };
  return (
    <section className="notice steps" aria-label="从这里开始">
      <strong>从这里开始</strong>
      <ol>
        <li>
          有本年的决算工作簿（财决）或填好的 Excel：在任一报表按“导入”；没有的，先填{table("t02")}和
          {table("t03")}
          到“项”，合计和其他报表里相同的数自动计算。
        </li>
        <li>
          补填其余白色的格（灰底的格不用填），再填{to("facts", "基本情况与补充数据")}
          ，文字说明随数字写出。
        </li>
        <li>按{to("findings", "审核结果")}逐条处理，全部处理完后提交审核。</li>
      </ol>
    </section>
  );
}

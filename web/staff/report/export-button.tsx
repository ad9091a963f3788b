import { DownloadOutlined } from "@ant-design/icons";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Form } from "../../../shared/forms/form.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { refusalText } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { keepFile } from "../app/keep-file.ts";
import { MenuButton } from "../app/menu-button.tsx";
import { useSigned } from "../app/session-context.ts";

/** The table, or all of them, as a file: to keep, or to fill in elsewhere and import again. */
export function ExportButton({
  report,
  form,
  table,
  unit,
}: {
  report: ReportView;
  form: Form;
  table: TableData;
  unit: AmountUnit;
}) {
  const { api, drafts } = useSigned();
  const [busy, setBusy] = useState(false);
  const { orgName, year } = report;

  /** As the server holds it, so what is typed goes there first. */
  const workbook = async (query: string, title: string) => {
    setBusy(true);
    try {
      if (!(await drafts.flush(report.id))) {
        message.warning("还有改动没有保存，导出的是已保存的内容。");
      }
      const file = await api.file(`/reports/${report.id}/workbook${query}`);
      keepFile(file, `${orgName}${String(year)}年度${title}.xlsx`);
    } catch (error) {
      modal.error({ title: "没有导出", content: refusalText(error) });
    } finally {
      setBusy(false);
    }
  };
  const csv = async () => {
    const { tableToCsv } = await import("../../../shared/forms/table-csv.ts");
    const file = new Blob([tableToCsv(form, table, { year, unit })], { type: "text/csv" });
    keepFile(file, `${orgName}${String(year)}年度${form.title}.csv`);
  };
  return (
    <MenuButton
      icon={<DownloadOutlined />}
      label="导出"
      loading={busy}
      items={[
        {
          label: "本表 Excel",
          onChoose: () => void workbook(`?section=${form.id}`, form.title),
        },
        { label: "全部报表 Excel", onChoose: () => void workbook("", "决算表") },
        { label: "本表 CSV", onChoose: () => void csv() },
      ]}
    />
  );
}

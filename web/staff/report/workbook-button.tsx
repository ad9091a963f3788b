import { FileExcelOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Form } from "../../../shared/forms/form.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";

/** The table, or all of them, as .xlsx as the server holds them: to keep, or to fill in and import again. */
export function WorkbookButton({ report, form }: { report: ReportView; form: Form }) {
  const { api, drafts } = useSigned();
  const { message, modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async (query: string, title: string) => {
    setBusy(true);
    try {
      if (!(await drafts.flush(report.id))) {
        void message.warning("还有改动没有保存，导出的是已保存的内容。");
      }
      const url = URL.createObjectURL(await api.file(`/reports/${report.id}/workbook${query}`));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${report.orgName}${String(report.year)}年度${title}.xlsx`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      const said = error instanceof ApiRefusal ? error.message : "没有导出，请重试。";
      modal.error({ title: said });
    } finally {
      setBusy(false);
    }
  };
  const items = [
    { key: "one", label: `本表（${form.title}）` },
    { key: "all", label: "全部报表" },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        onClick: ({ key }) =>
          void (key === "one" ? save(`?section=${form.id}`, form.title) : save("", "决算表")),
      }}
    >
      <Button icon={<FileExcelOutlined />} loading={busy}>
        导出 Excel
      </Button>
    </Dropdown>
  );
}

import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Form } from "../../../shared/forms/form.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import type { TableData } from "../../../shared/report/sections.ts";

/** The table as CSV with what is filled in: to keep, or to fill in elsewhere and import again. */
export function DownloadButton({
  form,
  table,
  year,
  unit,
  orgName,
}: {
  form: Form;
  table: TableData;
  year: number;
  unit: AmountUnit;
  orgName: string;
}) {
  const download = async () => {
    const { tableToCsv } = await import("../../../shared/forms/table-csv.ts");
    const url = URL.createObjectURL(
      new Blob([tableToCsv(form, table, { year, unit })], { type: "text/csv" }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.download = `${orgName}${String(year)}年度${form.title}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={() => void download()}>
      下载
    </Button>
  );
}

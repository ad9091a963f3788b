import { UploadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { importResponse, type ReportView } from "../../../shared/contract/responses.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";
import { faultsOf } from "./faults.ts";

/** Takes one table (.csv) or a whole report (.json) from a file: all of it, or none with every fault named. */
export function ImportButton({
  report,
  onImported,
}: {
  report: ReportView;
  onImported: () => void;
}) {
  const { api, drafts } = useSigned();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File) => {
    setBusy(true);
    try {
      if (!(await drafts.flush(report.id))) {
        modal.warning({
          title: "还有改动没有保存，暂不能导入",
          content: "请先处理页面上标为“未保存”的内容。",
        });
        return;
      }
      const format = file.name.toLowerCase().endsWith(".csv") ? "csv" : "json";
      const { saved } = await api.send(
        "POST",
        `/reports/${report.id}/imports`,
        { format, content: await file.text() },
        importResponse,
      );
      for (const { section } of saved) drafts.of(report.id, section).discard();
      await queries.invalidateQueries({ queryKey: ["report", report.id] });
      void message.success(`已导入 ${String(saved.length)} 张表。`);
      onImported();
    } catch (error) {
      const refusal = error instanceof ApiRefusal ? error : undefined;
      const faults = faultsOf(refusal?.details);
      modal.error({
        width: 760,
        title: refusal?.message ?? "读取文件时出错，没有导入任何内容。",
        content: faults.length > 0 && (
          <>
            <p>
              文件“{file.name}”有 {faults.length} 处问题，改正后重新导入：
            </p>
            <ul className="fault-list" tabIndex={0} aria-label="问题清单">
              {faults.map((fault, index) => (
                <li key={index}>
                  <strong>{fault.where}</strong>
                  <br />
                  {fault.message}
                </li>
              ))}
            </ul>
          </>
        ),
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.json"
        aria-label="导入文件"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) void take(file);
        }}
      />
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
        导入
      </Button>
    </>
  );
}

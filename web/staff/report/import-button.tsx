import { UploadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import {
  importRefusedDetails,
  importResponse,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";

/** Takes one table (.csv) or a whole report (.json) from a file: all of it, or none with every fault named. */
export function ImportButton({
  report,
  onImported,
}: {
  report: ReportView;
  onImported: () => void;
}) {
  const { api } = useSigned();
  const { modal, message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File) => {
    setBusy(true);
    try {
      const format = file.name.toLowerCase().endsWith(".csv") ? "csv" : "json";
      const { saved } = await api.send(
        "POST",
        `/reports/${report.id}/imports`,
        { format, content: await file.text() },
        importResponse,
      );
      void message.success(`已导入 ${String(saved.length)} 张表。`);
      onImported();
    } catch (error) {
      const faults =
        error instanceof ApiRefusal ? importRefusedDetails.safeParse(error.details) : undefined;
      modal.error({
        width: 720,
        title: error instanceof ApiRefusal ? error.message : "读取文件时出错，没有导入任何内容。",
        content: faults?.success ? (
          <ul style={{ maxHeight: "50vh", overflow: "auto", paddingLeft: "1.2em" }}>
            {faults.data.faults.map((fault, index) => (
              <li key={index}>
                <strong>{fault.where}</strong> {fault.message}
              </li>
            ))}
          </ul>
        ) : undefined,
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

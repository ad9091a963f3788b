import { UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import type { AccountsPlanView, ReportView } from "../../../shared/contract/responses.ts";
import { ApiRefusal } from "../api/client.ts";
import { modal } from "../app/feedback.tsx";
import { fileInBase64 } from "../app/file-base64.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { useSigned } from "../app/session-context.ts";
import { FaultList } from "./fault-list.tsx";
import { faultsOf } from "./faults.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";

const AccountsDialog = lazyPart(
  async () => (await import("./accounts-dialog.tsx")).AccountsDialog,
  "dialog",
);

/** What the API takes of a workbook, as one request. */
const workbookBytes = 4 * 1024 * 1024;

/** Why a file of another kind cannot be imported, and what to do instead; undefined for one that may be. */
function foreignFile({ name }: File): string | undefined {
  const ending = /\.([^.]+)$/u.exec(name.toLowerCase())?.[1] ?? "";
  if (["csv", "xlsx", "xls", "json"].includes(ending)) return undefined;
  const how =
    ending === "doc" || ending === "docx" || ending === "wps"
      ? "这是文字文档，不是表格。请把其中的表格复制到“导出”得到的 Excel 表样里，或直接粘贴到表格中。"
      : ending === "pdf"
        ? "这是 PDF 文件，读不出其中的表格。请用“导出”得到的 Excel 表样填写后导入。"
        : ending === "et"
          ? "这是 WPS 表格格式。请在 WPS 中另存为 .xlsx 后再导入。"
          : "请选择 .xlsx、.xls、.csv 或本系统导出的 .json 文件。";
  return `“${name}”不能导入。${how}`;
}

/** The file as the API takes it: a workbook in base64, the rest as text. */
async function requestOf(file: File) {
  const ending = /\.(csv|xlsx|xls)$/u.exec(file.name.toLowerCase())?.[1];
  if (ending !== "xlsx" && ending !== "xls") {
    return { format: ending === "csv" ? "csv" : "json", content: await file.text() } as const;
  }
  return { format: ending, content: await fileInBase64(file) } as const;
}

/**
 * Reads one table or all from a workbook (.xlsx, .xls), one table (.csv) or a whole report (.json): all of it, or none
 * with every fault named. A workbook of the accounts (财决) is recognised by the API. What would change is shown before
 * anything does.
 */
export function ImportButton({ report }: { report: ReportView }) {
  const { api } = useSigned();
  const { guard, dialog } = useUnsentGuard(report);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [plan, setPlan] = useState<AccountsPlanView>();
  const take = async (file: File) => {
    const foreign = foreignFile(file);
    if (foreign !== undefined) {
      modal.error({ title: "没有导入", content: foreign });
      return;
    }
    setBusy(true);
    try {
      if (/\.xlsx?$/iu.test(file.name) && file.size > workbookBytes) {
        modal.error({
          title: "工作簿超过 4 MB，没有导入。请删去图片和无关的工作表后再导入。",
        });
        return;
      }
      const path = `/reports/${report.id}/import-plans`;
      const body = { ...(await requestOf(file)), fileName: file.name.slice(-200) };
      setPlan(await api.send("POST", path, body, "accountsPlanResponse"));
    } catch (error) {
      const refusal = error instanceof ApiRefusal ? error : undefined;
      const faults = faultsOf(refusal?.details);
      if (!faults.some(({ isAccounts }) => isAccounts === true)) refuse(file, refusal);
      else await weigh(file);
    } finally {
      setBusy(false);
    }
  };
  const weigh = async (file: File) => {
    try {
      const body = { fileName: file.name, content: await fileInBase64(file) };
      setPlan(
        await api.send("POST", `/reports/${report.id}/accounts`, body, "accountsPlanResponse"),
      );
    } catch (error) {
      refuse(file, error instanceof ApiRefusal ? error : undefined);
    }
  };
  const refuse = (file: File, refusal: ApiRefusal | undefined) => {
    const faults = faultsOf(refusal?.details);
    modal.error({
      width: 760,
      title: refusal?.message ?? "读取文件时出错，没有导入任何内容。",
      content: faults.length > 0 && <FaultList file={file.name} faults={faults} />,
    });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xls,.csv,.json"
        aria-label="导入文件"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) {
            void guard("导入", () => void take(file), { handsOn: false });
          }
        }}
      />
      <Button
        icon={<UploadOutlined />}
        loading={busy}
        title="导入填好的 Excel 表样，或决算软件导出的账表（财决各表）"
        onClick={() => input.current?.click()}
      >
        导入
      </Button>
      {dialog}
      {plan !== undefined && (
        <AccountsDialog report={report} plan={plan} onClose={() => setPlan(undefined)} />
      )}
    </>
  );
}

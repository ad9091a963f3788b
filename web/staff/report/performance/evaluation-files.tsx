import { Button } from "antd";
import { useRef, useState } from "react";
import type { EvaluationsReadView, ReportView } from "../../../../shared/contract/responses.ts";
import { ApiRefusal } from "../../api/client.ts";
import { refusalText } from "../../api/queries.ts";
import { modal } from "../../app/feedback.tsx";
import { fileInBase64 } from "../../app/file-base64.ts";
import { keepFile } from "../../app/keep-file.ts";
import { lazyPart } from "../../app/lazy-part.tsx";
import { useSigned } from "../../app/session-context.ts";
import { FaultList } from "../fault-list.tsx";
import { faultsOf } from "../faults.ts";
import type { PerformanceDesk } from "./use-performance.ts";

const EvaluationsPreview = lazyPart(
  async () => (await import("./evaluations-preview.tsx")).EvaluationsPreview,
  "dialog",
);

/** What the API takes of a workbook, as one request. */
const workbookBytes = 4 * 1024 * 1024;

/** 自评表 as a workbook: to be kept or filled in, and read back with a look at what it would change. */
export function EvaluationFiles({ report, desk }: { report: ReportView; desk: PerformanceDesk }) {
  const { api, drafts } = useSigned();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [read, setRead] = useState<EvaluationsReadView>();
  const path = `/reports/${report.id}/evaluations`;
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  const download = async (query: "" | "?form=blank") => {
    try {
      await drafts.flush(report.id);
      const title = `${String(report.year)}年度项目支出绩效自评表`;
      const name = query === "" ? `${report.orgName}${title}` : `${title}（表样）`;
      keepFile(await api.file(`${path}${query}`), `${name}.xlsx`);
    } catch (error) {
      modal.error({ title: "没有下载", content: refusalText(error) });
    }
  };
  const take = async (file: File) => {
    const foreign = foreignFile(file);
    if (foreign !== undefined) {
      modal.error({ title: `“${file.name}”没有导入`, content: foreign });
      return;
    }
    try {
      const content = await fileInBase64(file);
      setRead(await api.send("POST", path, { content }, "evaluationsReadResponse"));
    } catch (error) {
      const faults = faultsOf(error instanceof ApiRefusal ? error.details : undefined);
      modal.error({
        width: 760,
        title: `“${file.name}”没有导入`,
        content:
          faults.length === 0 ? refusalText(error) : <FaultList file={file.name} faults={faults} />,
      });
    }
  };
  return (
    <span className="beside">
      <Button size="small" loading={isBusy} onClick={() => void run(() => download("?form=blank"))}>
        下载表样
      </Button>{" "}
      {desk.performance.selfEvaluations.length > 0 && (
        <Button size="small" loading={isBusy} onClick={() => void run(() => download(""))}>
          导出 Excel
        </Button>
      )}
      {!desk.disabled && (
        <>
          <input
            ref={input}
            type="file"
            hidden
            accept=".xlsx,.xls"
            aria-label="导入自评表文件"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file !== undefined) void run(() => take(file));
            }}
          />{" "}
          <Button size="small" loading={isBusy} onClick={() => input.current?.click()}>
            导入 Excel
          </Button>
        </>
      )}
      {read !== undefined && (
        <EvaluationsPreview
          read={read}
          desk={desk}
          year={report.year}
          onClose={() => setRead(undefined)}
        />
      )}
    </span>
  );
}

/** Why a file of another kind or size is not read, and what to do instead. */
function foreignFile({ name, size }: File): string | undefined {
  if (!/\.xlsx?$/iu.test(name)) {
    return "请选择 .xlsx 或 .xls 文件；WPS 表格（.et）请先另存为 .xlsx，Word 里的表请复制后直接粘贴到绩效指标中。";
  }
  return size > workbookBytes ? "工作簿超过 4 MB。请删去图片和无关的工作表后再导入。" : undefined;
}

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { refusalText } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { useAppliedAccounts } from "./applied-accounts.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";

/** What the last import filled in, and the way back. */
export function AccountsNotice({ report }: { report: ReportView }) {
  const { api, drafts } = useSigned();
  const { guard, dialog } = useUnsentGuard(report);
  const queries = useQueryClient();
  const { applied, forget } = useAppliedAccounts(report.id);
  const [busy, setBusy] = useState(false);
  if (applied === undefined) return null;
  const undo = async () => {
    setBusy(true);
    try {
      const path = `/reports/${report.id}/accounts/${applied.plan}/undo`;
      const { saved } = await api.send("POST", path, { tables: applied.tables }, "importResponse");
      for (const { section } of saved) drafts.of(report.id, section).discard();
      await queries.invalidateQueries({ queryKey: ["report", report.id] });
      forget();
      message.success("已撤回，各表恢复为导入前的样子。");
    } catch (error) {
      modal.warning({ title: "没有撤回", content: refusalText(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="notice accounts-notice" role="status">
      已从“{applied.fileName}”填入 {applied.tables.length} 张表。
      <Button
        size="small"
        loading={busy}
        onClick={() => void guard("撤回导入", () => void undo(), { handsOn: false })}
      >
        撤回这次导入
      </Button>
      <Button size="small" type="text" disabled={busy} onClick={forget}>
        不再提示
      </Button>
      {dialog}
    </div>
  );
}

import { Button } from "antd";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { signOffName } from "../../../shared/workflow/names.ts";
import { useAct, useSeenVersion } from "../api/queries.ts";
import { modal } from "../app/feedback.tsx";
import { useNextReport } from "../review/next-report.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";

/** 保密审查 or 负责人审签 of the submission in review; then the next report that waits. */
export function SignOff({ report, kind }: { report: ReportView; kind: "secrecy" | "principal" }) {
  const { guard, dialog } = useUnsentGuard(report);
  const label = signOffName[kind];
  const seenVersion = useSeenVersion(report);
  const act = useAct(report.id, "/sign-offs", "reportResponse", "已签署。");
  const next = useNextReport(report);
  const sign = () =>
    modal.confirm({
      icon: null,
      title: label,
      content: `对当前版本（${report.editionHash.slice(0, 8)}）签署同意。报告如再修改，签署即失效，须重新签署。`,
      okText: "签署",
      onOk: () =>
        act
          .mutateAsync({ kind, editionHash: report.editionHash, seenVersion })
          .then(next.open, () => undefined),
    });
  return (
    <>
      <Button
        type="primary"
        data-act="approve"
        loading={act.isPending}
        onClick={() => void guard("签署", sign)}
      >
        {kind === "secrecy" ? "保密审查通过" : "审签同意"}
      </Button>
      {dialog}
    </>
  );
}

import { Button } from "antd";
import type { ConsolidationView, ReportView } from "../../../shared/contract/responses.ts";
import { useAct } from "../api/queries.ts";
import { modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { useUnsentGuard } from "../report/use-unsent-guard.tsx";
import type { Entry } from "./pending-entries.ts";

/** 生成汇总: pulls the approved submissions of all units in, over the department's draft. */
export function ConsolidateButton({
  report,
  view,
  confirmed,
  adjustments,
  onDone,
}: {
  report: ReportView;
  view: ConsolidationView;
  confirmed: readonly string[];
  adjustments: readonly Entry[];
  onDone: () => void;
}) {
  const { drafts } = useSigned();
  const { guard, dialog } = useUnsentGuard(report);
  const act = useAct(report.id, "/consolidation", "consolidationResponse", "已汇总。");
  const approved = view.units.filter((unit) => unit.approved !== undefined).length;
  const waiting = view.units.filter(({ standing }) => standing === "outstanding").length;
  const consolidate = async () => {
    const { editionHash } = view;
    await act.mutateAsync({ editionHash, confirmed, adjustments }).then(
      () => {
        drafts.discardAll(report.id);
        onDone();
      },
      () => undefined,
    );
  };
  const label = view.consolidated ? "重新汇总" : "生成汇总";
  const ask = () => {
    modal.confirm({
      title: label,
      content: [
        `将 ${String(approved)} 个已批复单位的决算和调整分录相加，写入本部门各表和补充数据，各表原有的数字被替换。`,
        waiting > 0 ? `还有 ${String(waiting)} 个单位未批复，批复后须重新汇总。` : "",
      ].join(""),
      okText: label,
      onOk: consolidate,
    });
  };
  return (
    <>
      <Button
        type="primary"
        disabled={approved === 0}
        loading={act.isPending}
        onClick={() => void guard("汇总", ask, { handsOn: false })}
      >
        {label}
      </Button>
      {dialog}
    </>
  );
}

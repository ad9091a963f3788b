import { Button } from "antd";
import { useState } from "react";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { refusalText, useWithdrawExplanation } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { localTime } from "../app/words.ts";
import { findingStateName, stateOf } from "./finding-place.ts";

const ExplainDialog = lazyPart(
  async () => (await import("./explain-dialog.tsx")).ExplainDialog,
  "dialog",
);

/** A finding in words, which leads to its place; a warning with its explanation. */
export function FindingCard({
  report,
  finding,
  here = false,
  onGo,
  onExplain,
  onExplained,
}: {
  report: ReportView;
  finding: FindingView;
  here?: boolean;
  /** Absent where its place is in sight. */
  onGo?: (() => void) | undefined;
  /** Where it is explained at its own place; in a dialog where absent. */
  onExplain?: (() => void) | undefined;
  onExplained?: ((finding: FindingView) => void) | undefined;
}) {
  const { severity, rule, message, explanation } = finding;
  const words = (
    <>
      <strong>
        {explanation ? "已说明" : findingStateName[stateOf(finding)]} <small>{rule}</small>
      </strong>
      {message}
    </>
  );
  return (
    <div
      className={`finding ${stateOf(finding)}${here ? " here" : ""}${explanation ? " explained" : ""}`}
    >
      {onGo === undefined ? (
        <div className="finding-place">{words}</div>
      ) : (
        <button type="button" className="finding-place" onClick={onGo}>
          {words}
        </button>
      )}
      {severity === "warning" && finding.id !== undefined && (
        <FindingExplanation
          report={report}
          finding={finding}
          onExplain={onExplain}
          onExplained={onExplained}
        />
      )}
    </div>
  );
}

function FindingExplanation({
  report,
  finding,
  onExplain,
  onExplained,
}: {
  report: ReportView;
  finding: FindingView;
  onExplain: (() => void) | undefined;
  onExplained: ((finding: FindingView) => void) | undefined;
}) {
  const [writing, setWriting] = useState(false);
  const withdraw = useWithdrawExplanation(report.id);
  const { explanation, voided } = finding;
  const editable = report.allowedActions.includes("edit");
  return (
    <div className="explanation">
      {explanation !== undefined && (
        <p>
          说明：{explanation.reason}
          <small>
            {explanation.byName} {localTime(explanation.at)}
          </small>
        </p>
      )}
      {voided !== undefined && (
        <p className="void">
          <strong>数字已变，须重新说明</strong>
          原说明：{voided.reason}
          <small>
            {voided.byName} {localTime(voided.at)}
          </small>
        </p>
      )}
      {withdraw.isError && (
        <p className="refused" role="alert">
          {refusalText(withdraw.error)}
        </p>
      )}
      {editable && (
        <div className="explanation-acts">
          <Button
            size="small"
            aria-label={`${explanation ? "修改" : ""}说明：${finding.message}`}
            onClick={onExplain ?? (() => setWriting(true))}
          >
            {explanation ? "修改说明" : voided ? "重新说明" : "说明"}
          </Button>
          {explanation !== undefined && (
            <Button
              size="small"
              type="text"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate(explanation.id)}
            >
              撤回
            </Button>
          )}
        </div>
      )}
      {writing && (
        <ExplainDialog
          reportId={report.id}
          finding={finding}
          onExplained={onExplained}
          onClose={() => setWriting(false)}
        />
      )}
    </div>
  );
}

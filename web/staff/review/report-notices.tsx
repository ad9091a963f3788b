import { Link } from "@tanstack/react-router";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { signOffName, stageName } from "../../../shared/workflow/names.ts";
import { roleName, signerOf } from "../../../shared/workflow/roles.ts";
import { localTime } from "../app/words.ts";
import { useReview } from "./use-review.ts";

const signOffKinds = Object.keys(signOffName) as (keyof typeof signOffName)[];

/** Why the report was returned, until it is approved; of a correction its reason as well. */
export function ReturnNotice({ report }: { report: ReportView }) {
  const { returned, isUnchanged = false } = useReview(report).data ?? {};
  const correcting = report.state.status === "draft" ? report.state.correcting : undefined;
  return (
    <>
      {returned !== undefined && (
        <p className="notice warning">
          <strong>
            {localTime(returned.at)} {stageName[returned.stage]} {returned.byName}
            {returned.undone ? "撤销批复" : "退回"}：
          </strong>
          {returned.reason}
          {isUnchanged && report.state.status === "in_review" && (
            <strong>（重新提交的内容没有任何变动）</strong>
          )}
        </p>
      )}
      {correcting !== undefined && (
        <p className="notice warning">
          <strong>更正原因：</strong>
          {correcting.reason}
        </p>
      )}
    </>
  );
}

/** A request to take the report down is seen on every part, with the way to what it says. */
export function TakeDownNotice({ report: { id, takeDownAsked } }: { report: ReportView }) {
  return takeDownAsked === undefined ? null : (
    <p className="notice warning" role="status">
      <strong>{takeDownAsked.byName}申请撤下本报告</strong>（{localTime(takeDownAsked.at)}
      ），等财政部门的另一人确认。{" "}
      <Link to="/reports/$id/$part" params={{ id, part: "publication" }}>
        查看申请
      </Link>
    </p>
  );
}

/** The sign-offs that a report needs before it goes to the bureau, and which of them are there. */
export function SignOffLine({ report }: { report: ReportView }) {
  const { state } = report;
  if (state.status === "draft") {
    return (
      <p className="quiet">
        提交后、报送财政前须签署：
        {signOffKinds
          .map((kind) => `${signOffName[kind]}（${roleName[signerOf[kind]]}）`)
          .join("、")}
      </p>
    );
  }
  if (state.status !== "in_review") return null;
  return (
    <p>
      {signOffKinds.map((kind) => {
        const signed = state.signOffs[kind];
        return (
          <span key={kind}>
            {signOffName[kind]}{" "}
            {signed === undefined ? (
              <span className="chip returned">待{roleName[signerOf[kind]]}签署</span>
            ) : (
              <span className="chip approved">
                {signed.byName} {localTime(signed.at).slice(5, 10)} 已签
              </span>
            )}
          </span>
        );
      })}
    </p>
  );
}

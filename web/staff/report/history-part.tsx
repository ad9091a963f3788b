import type { ReportView } from "../../../shared/contract/responses.ts";
import { deedText } from "../../../shared/workflow/deeds.ts";
import type { ChainedEvent } from "../../../shared/workflow/report-state.ts";
import { useEvents, useVerification } from "../api/queries.ts";
import { actingRoleName } from "../../../shared/workflow/names.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";
import { VerificationChip, VerificationFaults } from "./verification-result.tsx";

/** Everything that happened to the report, in order, with what verifying all that is stored found. */
export function HistoryPart({ report }: { report: ReportView }) {
  const events = useEvents(report.id);
  const verification = useVerification(report.id);
  const nameOf = (code: string) => events.data?.departmentNames[code] ?? code;
  const department = events.data?.currentDepartment;
  const isMoved =
    report.kind === "unit" && department !== undefined && department !== report.departmentCode;
  if (events.data === undefined) {
    return events.isError ? <Failure error={events.error} /> : <Loading />;
  }
  return (
    <>
      <div className="part-bar">
        <h2>办理记录</h2>
        {verification.data !== undefined && <VerificationChip result={verification.data} />}
        {verification.isFetching && <span className="quiet">正在核对存储的内容……</span>}
      </div>
      {verification.data !== undefined && <VerificationFaults result={verification.data} />}
      {verification.isError && <Failure error={verification.error} />}
      {isMoved && (
        <p className="notice">
          本单位已由“{nameOf(report.departmentCode)}”划转到“{nameOf(department)}”。
          {report.status === "draft"
            ? "再次提交后，报告由新的主管部门审核。"
            : "本报告仍由提交时的主管部门审核；退回后再次提交时，转由新的主管部门审核。"}
        </p>
      )}
      <section className="panel">
        <ol className="history">
          {events.data.items.map((item) =>
            "event" in item ? (
              <Deed key={item.seq} item={item} nameOf={nameOf} />
            ) : (
              <li key={item.seq}>
                <strong>这条记录读不出来</strong>
                <div className="quiet">第 {item.seq} 条，存储的内容已经损坏</div>
              </li>
            ),
          )}
        </ol>
      </section>
    </>
  );
}

type NameOfOrg = (code: string) => string;

function Deed({ item: { seq, event, hash }, nameOf }: { item: ChainedEvent; nameOf: NameOfOrg }) {
  return (
    <li>
      <strong>{event.byName}</strong>
      {event.byRole !== undefined && (
        <span className="quiet">（{actingRoleName[event.byRole]}）</span>
      )}{" "}
      {deedText(event, nameOf)}
      <div className="quiet">
        {localTime(event.at)}，第 {seq} 条，校验码 {hash.slice(0, 12)}
      </div>
    </li>
  );
}

import type { ReportView } from "../../../../shared/contract/responses.ts";
import type { Edition } from "../../../../shared/forms/form.ts";
import type { Performance } from "../../../../shared/report/sections.ts";
import { memberName } from "../../../../shared/report/member-name.ts";
import { Failure, Loading } from "../../app/placeholders.tsx";
import { FieldFindings } from "../field-findings.tsx";
import { PlaceFindings } from "../place-findings.tsx";
import { SaveStatus } from "../save-status.tsx";
import { ValueConflict } from "../section-conflict.tsx";
import { AmountsPanel } from "./amounts-panel.tsx";
import { EvaluationPanel } from "./evaluation-panel.tsx";
import { ManagementPanel } from "./management-panel.tsx";
import { OverallPanel } from "./overall-panel.tsx";
import { ProjectsPanel } from "./projects-panel.tsx";
import { SelfEvaluationsPanel } from "./self-evaluations-panel.tsx";
import { SummaryPanel } from "./summary-panel.tsx";
import { usePerformance } from "./use-performance.ts";
import "./performance.css";

/** 预算绩效: projects and their 自评表, 部门评价, 整体支出, and what the text says of them. */
export function PerformancePart({ report, edition }: { report: ReportView; edition: Edition }) {
  const { editor, desk } = usePerformance(report);
  if (desk === undefined) return editor.error ? <Failure error={editor.error} /> : <Loading />;
  const { overall, management } = desk.performance;
  return (
    <FieldFindings report={report} section="performance">
      <div className="part-bar">
        <h2>预算绩效</h2>
        <SaveStatus editor={editor} />
      </div>
      <PlaceFindings report={report} section="performance" />
      <ProjectsPanel desk={desk} />
      <AmountsPanel desk={desk} />
      <SelfEvaluationsPanel report={report} desk={desk} />
      <EvaluationPanel desk={desk} />
      {(asksFor(edition, "overall") || overall !== undefined) && <OverallPanel desk={desk} />}
      {(asksFor(edition, "management") || management !== undefined) && (
        <ManagementPanel desk={desk} />
      )}
      <SummaryPanel desk={desk} />
      {editor.conflict !== undefined && (
        <ValueConflict
          conflict={editor.conflict}
          nameOf={(path) => memberName("performance", path, { edition, firstIs: 0 })}
          onSettle={editor.settle}
        />
      )}
    </FieldFindings>
  );
}

/** Whether the text of an edition has sentences from a part of 预算绩效. */
const asksFor = ({ sentences }: Edition, part: keyof Performance): boolean =>
  JSON.stringify(sentences.quantities).includes(`"performance.${part}`);

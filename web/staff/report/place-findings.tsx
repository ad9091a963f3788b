import { useNavigate } from "@tanstack/react-router";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { useFindings } from "../api/queries.ts";
import { focusField } from "./field-findings.tsx";
import { FindingCard } from "./finding-card.tsx";
import { fieldOfFinding, partOfFinding, placeHref } from "./finding-place.ts";

/** What was found in a part that is neither a table nor text, each leading to its field; nothing where all is well. */
export function PlaceFindings({ report, section }: { report: ReportView; section: SectionId }) {
  const navigate = useNavigate();
  const found = (useFindings(report.id).data?.findings ?? []).filter(
    (finding) => finding.section === section || partOfFinding(finding) === section,
  );
  if (found.length === 0) return null;
  return (
    <section className="panel place-findings" aria-label="审核结果">
      <h2>
        审核结果 <span className="quiet">{found.length}</span>
      </h2>
      <div>
        {found.map((finding, index) => {
          const field = fieldOfFinding(finding);
          const href = placeHref(report.id, finding);
          return (
            <FindingCard
              key={finding.id ?? index}
              report={report}
              finding={finding}
              onGo={
                field === undefined || href === undefined
                  ? undefined
                  : () => {
                      void navigate({ href });
                      // Where the address names it already, or it is in sight.
                      focusField(field);
                    }
              }
            />
          );
        })}
      </div>
    </section>
  );
}

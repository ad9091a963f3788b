import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { isSectionId } from "../../../shared/report/section-ids.ts";
import type { ReportPart } from "../report/parts.ts";
import { ReviewKeys } from "./review-keys.tsx";
import { TickBox } from "./tick-box.tsx";
import { tickedParts, useReview } from "./use-review.ts";

/** How much of the submission a reviewer has viewed, the tick of the part in sight, and the way to the next one. */
export function ReviewBar({
  report,
  edition,
  part,
}: {
  report: ReportView;
  edition: Edition;
  part: ReportPart | undefined;
}) {
  const { viewed = [] } = useReview(report).data ?? {};
  const navigate = useNavigate();
  const parts = tickedParts(edition, report);
  const next = nextUnseen(parts, viewed, part?.id);
  return (
    <div className="review-bar" role="group" aria-label="审阅进度">
      {part !== undefined && isSectionId(part.id) && (
        <TickBox report={report} part={part.id} title={part.title} />
      )}
      <span className="quiet">
        已阅 {parts.filter(({ id }) => viewed.some((one) => one === id)).length} / {parts.length}{" "}
        部分
      </span>
      {next !== undefined && next.id !== part?.id && (
        <Button
          size="small"
          onClick={() =>
            void navigate({ to: "/reports/$id/$part", params: { id: report.id, part: next.id } })
          }
        >
          下一个未阅部分：{next.title}
        </Button>
      )}
      <ReviewKeys report={report} next={next} />
    </div>
  );
}

/** The first part after this one, and then from the beginning, that is not ticked. */
export function nextUnseen(
  parts: readonly ReportPart[],
  viewed: readonly string[],
  current: string | undefined,
): ReportPart | undefined {
  const at = parts.findIndex(({ id }) => id === current);
  return [...parts.slice(at + 1), ...parts.slice(0, at + 1)].find(({ id }) => !viewed.includes(id));
}

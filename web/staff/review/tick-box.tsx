import { Checkbox } from "antd";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { isReviewing, useReview, useTick } from "./use-review.ts";

/** 已阅 of one part, for whoever reviews the submission. */
export function TickBox({
  report,
  part,
  title,
}: {
  report: ReportView;
  part: SectionId;
  title: string;
}) {
  const review = useReview(report);
  const tick = useTick(report);
  /** What was just pressed, until the server has it: what is cached shows a moment later. */
  const [pressed, setPressed] = useState<boolean>();
  if (!isReviewing(report)) return null;
  return (
    <Checkbox
      className="tick"
      aria-label={`${title}已阅`}
      checked={pressed ?? review.data?.viewed.includes(part) ?? false}
      onChange={({ target }) => {
        setPressed(target.checked);
        tick.mutate({ part, viewed: target.checked }, { onSettled: () => setPressed(undefined) });
      }}
    >
      已阅
    </Checkbox>
  );
}

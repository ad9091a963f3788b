import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReportView, ReviewView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { isSectionId, type SectionId } from "../../../shared/report/section-ids.ts";
import { refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { partGroups, type ReportPart } from "../report/parts.ts";

/** Of a draft it is the same whatever is typed, and another one once it was returned. */
const keyOf = ({ id, state, editionHash }: ReportView) =>
  ["report", id, "review", state, state.status === "draft" ? "" : editionHash] as const;

/** What this person compares the report with, what they have ticked, and why it was returned. */
export function useReview(report: ReportView) {
  const { api } = useSigned();
  return useQuery({
    queryKey: keyOf(report),
    queryFn: () => api.get(`/reports/${report.id}/review`, "reviewResponse"),
  });
}

/** Whether a person decides on the submission or signs it: for them a report is opened to be reviewed. */
export const isReviewing = ({ allowedActions }: Pick<ReportView, "allowedActions">): boolean =>
  (["approve", "return", "sign_off_secrecy", "sign_off_principal"] as const).some((act) =>
    allowedActions.includes(act),
  );

/** Tells the server once that whoever reviews a submission has it before them (批量批复 asks for it). */
export function useMarkSeen(report: ReportView | undefined) {
  const { api } = useSigned();
  const [id, editionHash] =
    report !== undefined && isReviewing(report) ? [report.id, report.editionHash] : [];
  useEffect(() => {
    if (id === undefined) return;
    // Where it cannot be stored the report is decided on by itself, as ever.
    api.send("POST", `/reports/${id}/seen`, { editionHash }, "seenResponse").catch(() => undefined);
  }, [api, id, editionHash]);
}

/** Parts of a report that are ticked as viewed, in the order of its contents. */
export const tickedParts = (edition: Edition, report: Pick<ReportView, "kind">): ReportPart[] =>
  partGroups(edition, report.kind)
    .flatMap(({ parts }) => parts)
    .filter(({ id }) => isSectionId(id));

/** Ticks a part as viewed (已阅), or takes the tick away; shown at once, and taken back where it is refused. */
export function useTick(report: ReportView) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const { id, editionHash } = report;
  const change = (viewed: (before: readonly SectionId[]) => readonly SectionId[]) =>
    queries.setQueryData<ReviewView>(keyOf(report), (before) =>
      before === undefined ? before : { ...before, viewed: [...viewed(before.viewed)] },
    );
  return useMutation({
    mutationFn: (tick: { part: SectionId; viewed: boolean }) =>
      api.send("PUT", `/reports/${id}/viewed`, { ...tick, editionHash }, "viewedResponse"),
    onMutate: ({ part, viewed }) => {
      change((before) => [...before.filter((one) => one !== part), ...(viewed ? [part] : [])]);
    },
    onSuccess: ({ viewed }) => {
      change(() => viewed);
    },
    onError: (error) => {
      message.error(refusalText(error));
      void queries.invalidateQueries({ queryKey: keyOf(report) });
    },
  });
}

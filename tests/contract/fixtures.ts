import { sha256 } from "../../functions/platform/ids.ts";
import { chainStart } from "../../functions/storage/chain.ts";
import type { Thread } from "../../shared/workflow/thread.ts";
import type { SectionPointer } from "../../shared/report/section-pointer.ts";
import type { ReportHead } from "../../functions/storage/ports.ts";
import type { ReportEvent, ReportState } from "../../shared/workflow/report-state.ts";

export const at = "2023-03-01T01:00:00.000Z";
export const zhou = { by: "zhou", byName: "周敏", at };

/** A report nobody has opened yet; every test gives its own org code, so that none meets another's. */
export function newHead(orgCode: string, changes: Partial<ReportHead> = {}): ReportHead {
  const { region = "360200", year = 2022 } = changes;
  return {
    id: `${region}-${year}-${orgCode}`,
    region,
    year,
    orgCode,
    orgName: "市接待服务中心",
    kind: "unit",
    departmentCode: "137",
    edition: "jiangxi-2022",
    version: 0,
    state: { status: "absent" },
    sections: {},
    chain: chainStart,
    outbox: [],
    ...changes,
  };
}

export const draft: ReportState = { status: "draft" };
export const opened: ReportEvent = { type: "opened", kind: "unit", ...zhou };
export const submitted: ReportEvent = {
  type: "submitted",
  editionHash: sha256("edition"),
  ...zhou,
};
export const inReview: Extract<ReportState, { status: "in_review" }> = {
  status: "in_review",
  stage: "unit",
  submission: { ...zhou, editionHash: sha256("edition") },
  verdicts: [],
  signOffs: {},
  acts: [],
};

/** A pointer at content of its own. */
export const pointer = (content: string, by = "zhou"): SectionPointer => ({
  sha256: sha256(content),
  by,
  byName: by === "zhou" ? "周敏" : "吴刚",
  at,
});

export const newThread = (reportId: string, id: string): Thread => ({
  id,
  reportId,
  anchor: { kind: "cell", cell: "t01/general/final" },
  blocking: true,
  status: "open",
  version: 1,
  entries: [{ id: `${id}-1`, ...zhou, text: "与财政批复数不一致", act: "open" }],
});

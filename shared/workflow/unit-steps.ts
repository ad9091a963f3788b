import { failureName } from "./names.ts";
import type { ReportSummary } from "./report-summary.ts";
import type { Stage } from "./report-state.ts";
import { stagesOf } from "./transitions.ts";

/** Steps a unit's report walks until it is public, in order; the columns of a department's desk (汇总). */
export const unitStepNames = {
  draft: "编制",
  unit: "单位审核",
  department: "部门审核",
  bureau: "批复",
  publication: "公开",
} as const satisfies Record<"draft" | Stage | "publication", string>;
export type UnitStep = keyof typeof unitStepNames;
export const unitSteps = Object.keys(unitStepNames) as readonly UnitStep[];

/** How a step stands, in words; `now` is where the report is. */
export interface StepState {
  readonly text: string;
  readonly tone: "done" | "now" | "failed" | "ahead";
}

export type UnitProgress = Pick<ReportSummary, "stage"> & {
  readonly status: ReportSummary["status"] | "absent";
  readonly returned: boolean;
  readonly correcting: boolean;
  readonly failed?: "print" | "publish" | undefined;
};

const done: StepState = { text: "完成", tone: "done" };
const ahead: StepState = { text: "—", tone: "ahead" };

/** Where a unit's report is, step by step. */
export function stepStates(report: UnitProgress): Readonly<Record<UnitStep, StepState>> {
  const at = stepOf(report);
  const place = unitSteps.indexOf(at);
  return Object.fromEntries(
    unitSteps.map((step, index) => {
      if (index < place) return [step, done];
      if (index > place) return [step, step === "publication" ? publicMeanwhile(report) : ahead];
      return [step, stateAt(step, report)];
    }),
  ) as Record<UnitStep, StepState>;
}

function stepOf({ status, stage }: UnitProgress): UnitStep {
  switch (status) {
    case "absent":
    case "draft":
      return "draft";
    case "in_review":
      return stage ?? stagesOf.unit[0];
    case "approved":
    case "published":
    case "taken_down":
      return "publication";
  }
}

/** A correction walks the steps anew while what it corrects stays public. */
const publicMeanwhile = ({ correcting }: UnitProgress): StepState =>
  correcting ? { text: "原版公开中", tone: "done" } : ahead;

function stateAt(step: UnitStep, report: UnitProgress): StepState {
  const { status, returned, correcting, failed } = report;
  if (step === "draft") {
    if (status === "absent") return { text: "未开始", tone: "ahead" };
    if (returned) return { text: "退回修改", tone: "failed" };
    return { text: correcting ? "更正中" : "编制中", tone: "now" };
  }
  if (step !== "publication") return { text: returned ? "退回重审" : "审核中", tone: "now" };
  if (status === "published") return { text: "已公开", tone: "done" };
  if (status === "taken_down") return { text: "已撤下", tone: "failed" };
  return failed === undefined
    ? { text: "公开中", tone: "now" }
    : { text: failureName[failed], tone: "failed" };
}

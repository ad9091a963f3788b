import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import type { LedgerOutcome } from "../checks/finding.ts";
import type { FindingsView, FindingView } from "../contract/responses.ts";
import type { Report } from "../report/report.ts";

/**
 * `checks.json`: the ledger of a published submission: every rule it was checked by, and what came of each.
 * Nothing is left out, so whoever reads it sees what was passed, what was explained and what did not apply.
 */

const outcomes = [
  "passed",
  "explained",
  "failed",
  "not_applicable",
  "could_not_run",
] as const satisfies readonly LedgerOutcome[];

const severity = z.enum(["error", "warning", "hint"]);

const openFindingSchema = z.object({
  severity,
  /** table/row/column, the main cell first. */
  cells: z.array(z.string()),
  /** Sentence of the narrative it is about. */
  sentence: z.string().optional(),
  /** What is wrong, where, and the right value. */
  message: z.string(),
  /** 分 for money, else whole numbers. */
  expected: z.number().optional(),
  actual: z.number().optional(),
  difference: z.number().optional(),
  /** Why the figures are right; the author's name is not published. */
  explanation: z.object({ reason: z.string() }).optional(),
});
export type OpenFinding = z.infer<typeof openFindingSchema>;

const openRuleSchema = z.object({
  id: z.string(),
  /** What must hold. */
  statement: z.string(),
  /** Law or 文号. */
  basis: z.string().optional(),
  severity,
  outcome: z.enum(outcomes),
  /** Why it did not apply or could not run. */
  reason: z.string().optional(),
  findings: z.array(openFindingSchema),
});
export type OpenRule = z.infer<typeof openRuleSchema>;

export const openChecksSchema = z.object({
  format: z.literal("juesuan-checks/1"),
  identity: z.object({ year: z.int(), orgCode: z.string(), orgName: z.string() }),
  /** SHA-256 of the manifest of the submission that was checked. */
  editionHash: z.string(),
  /** How many rules there are, and how many came out each way. */
  summary: z.object({
    rules: z.int(),
    passed: z.int(),
    explained: z.int(),
    failed: z.int(),
    not_applicable: z.int(),
    could_not_run: z.int(),
  }),
  rules: z.array(openRuleSchema),
});
export type OpenChecks = z.infer<typeof openChecksSchema>;

/** What was found in a report, as its reviewers saw it. */
export interface CheckedSubmission extends Pick<FindingsView, "ledger"> {
  readonly findings: readonly (Omit<FindingView, "explanation"> &
    Pick<OpenFinding, "explanation">)[];
}

export function openChecks(
  { identity }: Pick<Report, "identity">,
  editionHash: string,
  { findings, ledger }: CheckedSubmission,
): OpenChecks {
  const listed = new Set(ledger.map(({ rule }) => rule));
  const stray = findings.find(({ rule }) => !listed.has(rule));
  if (stray !== undefined) throw new Error(`The ledger does not list ${stray.rule}, which failed.`);
  const { year, orgCode, orgName } = identity;
  const count = (wanted: LedgerOutcome) =>
    ledger.filter(({ outcome }) => outcome === wanted).length;
  return {
    format: "juesuan-checks/1",
    identity: { year, orgCode, orgName },
    editionHash,
    summary: {
      rules: ledger.length,
      passed: count("passed"),
      explained: count("explained"),
      failed: count("failed"),
      not_applicable: count("not_applicable"),
      could_not_run: count("could_not_run"),
    },
    rules: ledger.map(({ rule, title, ...entry }) => ({
      id: rule,
      statement: title,
      ...entry,
      findings: findings.filter((finding) => finding.rule === rule).map(openFinding),
    })),
  };
}

/** Canonical, so that the same submission gives the same bytes. */
export const openChecksJson = (checks: OpenChecks): string => `${canonicalJson(checks)}\n`;

const openFinding = (finding: CheckedSubmission["findings"][number]): OpenFinding =>
  openFindingSchema.parse(finding);

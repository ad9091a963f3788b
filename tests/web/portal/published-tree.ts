import { updateYear } from "../../../functions/publish/portal-index.ts";
import { publishReport, retractReport } from "../../../functions/publish/publish-report.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import type { CheckedSubmission } from "../../../shared/disclosure/open-checks.ts";
import type { Report } from "../../../shared/report/report.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { memoryFiles } from "../../functions/publish/memory-files.ts";
import { corrected, depsOn, list, requestOf } from "../../functions/publish/publication.ts";

/** A portal with every kind of page in it: published, corrected, taken down, overdue. */
export async function publishedTree(
  change: (report: Report) => Report = (report) => report,
  checked: (checks: CheckedSubmission) => CheckedSubmission = (checks) => checks,
): Promise<ReadonlyMap<string, string>> {
  const portal = memoryFiles();
  const deps = depsOn(portal);
  const report = change(loadExample("jingdezhen-2022"));
  await publishReport(deps, requestOf(report));
  const after = corrected(report, 90_0000);
  await publishReport(
    deps,
    requestOf(after, {
      checked: checked(findingsView(after, [])),
      number: 2,
      at: "2023-10-08T01:00:00Z",
      correction: {
        reason: `公务接待费填报有误${report.identity.orgName}`,
        changes: [{ place: "公开09表 公务接待费", before: "<b>0.70</b>", after: "0.90" }],
      },
    }),
  );
  await publishReport(deps, requestOf(loadExample("putuo-2024")));
  await publishReport(deps, requestOf(loadExampleUnit("137001")));
  await publishReport(deps, requestOf(loadExampleUnit("137002")));
  const department = { code: "137", name: "某委员会" };
  await retractReport(deps, {
    ...{ year: 2022, orgCode: "137002", orgName: "某中心", kind: "unit", department },
    at: "2023-11-01T08:00:00Z",
    legalBasis: "《中华人民共和国政府信息公开条例》第十四条",
  });
  for (const code of ["137", "137001", "137002"]) await list(deps, 2022, code);
  await list(deps, 2024, "101");
  const late = {
    ...{ code: "137003", name: "某代办中心", kind: "unit" as const, department: { code: "137" } },
    ...{ publishBy: "2023-09-20", overdue: true as const },
  };
  await updateYear(deps, 2022, [{ code: late.code, departments: [], row: late }]);
  return new Map(
    [...portal.files].map(([key, bytes]) => [key, Buffer.from(bytes).toString()] as const),
  );
}

export const pagesOf = (tree: ReadonlyMap<string, string>): [key: string, html: string][] =>
  [...tree].filter(([key]) => key.endsWith(".html"));

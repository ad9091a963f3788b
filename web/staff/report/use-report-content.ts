import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { emptySection, sectionIdsOf } from "../../../shared/report/section-ids.ts";
import { sectionQuery, useEdition } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";

/** The whole report in hand, as the heart reads it; undefined until every section has come. */
export function useReportContent(report: ReportView): Report | undefined {
  const { api } = useSigned();
  const edition = useEdition(report.edition).data;
  const sections = useMemo(() => (edition === undefined ? [] : sectionIdsOf(edition)), [edition]);
  const answers = useQueries({
    queries: sections.map((section) => sectionQuery(api, report.id, section)),
    combine: (results) => results.map((result) => result.data),
  });
  return useMemo(() => {
    if (edition === undefined || answers.some((answer) => answer === undefined)) return undefined;
    const values = Object.fromEntries(
      sections.map((id, index) => [id, answers[index]?.value ?? emptySection(id)] as const),
    ) as unknown as Sections;
    const { region, year, orgCode, orgName, kind } = report;
    return { identity: { region, year, orgCode, orgName, kind }, edition, sections: values };
  }, [answers, edition, report, sections]);
}

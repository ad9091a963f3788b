import { useRouterState } from "@tanstack/react-router";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { useFindings } from "../api/queries.ts";
import { fieldOfFinding, isOpen, stateOf } from "./finding-place.ts";

const FindingsByField = createContext<ReadonlyMap<string, FindingView>>(new Map());

/** Has the fields within show what was found of each, and focuses the one that the address names. */
export function FieldFindings({
  report,
  section,
  children,
}: {
  report: ReportView;
  section: SectionId;
  children: ReactNode;
}) {
  const found = useFindings(report.id).data?.findings;
  const byField = useMemo(() => {
    const worst = new Map<string, FindingView>();
    // Worst first, as they are listed.
    for (const finding of found ?? []) {
      const field = finding.section === section ? fieldOfFinding(finding) : undefined;
      if (field !== undefined && isOpen(finding) && !worst.has(field)) worst.set(field, finding);
    }
    return worst;
  }, [found, section]);
  const named = useNamedField();
  useEffect(() => {
    if (named !== undefined) focusField(named);
  }, [named]);
  return <FindingsByField value={byField}>{children}</FindingsByField>;
}

/** The worst that was found at a field and is open. */
export const useFieldFinding = (name: string): FindingView | undefined =>
  useContext(FindingsByField).get(name);

/** The field that the address names: `performance.projects.0.score`. */
export const useNamedField = (): string | undefined =>
  useRouterState({
    select: ({ location }) => new URLSearchParams(location.searchStr).get("field") ?? undefined,
  });

/** Focuses a field; where the name is of several, the first of them, else what it lies in. */
export function focusField(name: string): void {
  const steps = name.split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const within = CSS.escape(steps.slice(0, length).join("."));
    const field = document.querySelector<HTMLElement>(
      `[data-field="${within}"], [data-field^="${within}."]`,
    );
    if (field !== null) {
      field.focus();
      field.scrollIntoView({ block: "center" });
      return;
    }
  }
}

/** What was found at a field, in words below it. */
export function FieldFinding({ id, finding }: { id: string; finding: FindingView | undefined }) {
  return (
    finding !== undefined && (
      <small id={id} className={`field-finding ${stateOf(finding)}`}>
        {finding.message}
      </small>
    )
  );
}

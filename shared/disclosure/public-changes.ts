import type { Change } from "./catalogue.ts";
import { disclosedAttachments } from "./open-report.ts";
import { printFigure } from "../forms/place-name.ts";
import { diffReports } from "../comparison/diff-reports.ts";
import type { Report } from "../report/report.ts";
import { omitUndefined } from "../omit-undefined.ts";

/** The published table of what a correction (更正) changed: cells, sentences, performance and files. */
export function publicChanges(older: Report, newer: Report): Change[] {
  const diff = diffReports(older, newer);
  return [
    ...diff.cells.map((change) => ({
      place: change.label,
      ...(change.old === undefined
        ? {}
        : { before: printFigure(change.old, change.cell, older.edition) }),
      ...(change.new === undefined
        ? {}
        : { after: printFigure(change.new, change.cell, newer.edition) }),
    })),
    ...diff.sentences.map((change) => ({
      place: "情况说明",
      ...omitUndefined({ before: change.old, after: change.new }),
    })),
    // Self-evaluations are tables of their own: both versions stay public, so a pointer is enough.
    ...(diff.facts.some(({ path }) => path.startsWith("performance."))
      ? [{ place: "预算绩效", before: "见更正前的存档版本", after: "见本次公开的版本" }]
      : []),
    ...fileChanges(older, newer),
  ];
}

/** Only files that are or were disclosed: what is kept for reviewers has no name outside. */
function fileChanges(older: Report, newer: Report): Change[] {
  const before = disclosedAttachments(older.sections);
  const after = disclosedAttachments(newer.sections);
  const missing = (from: typeof before, among: typeof before) =>
    from.filter(({ sha256 }) => among.every((file) => file.sha256 !== sha256));
  return [
    ...missing(before, after).map(({ name }) => ({ place: "附件", before: name })),
    ...missing(after, before).map(({ name }) => ({ place: "附件", after: name })),
  ];
}

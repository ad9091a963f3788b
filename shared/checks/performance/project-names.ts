import type { Report } from "../../report/report.ts";

/** A project's name without signs that are typed one way here and another there. */
export const bareProject = (name: string): string =>
  name.normalize("NFKC").replace(/[\s“”"'（）()]/gu, "");

/** Lists name projects at length or in short. */
export const isSameProject = (a: string, b: string): boolean =>
  bareProject(a).includes(bareProject(b)) || bareProject(b).includes(bareProject(a));

/** The project of the list that is named so. */
export const selfEvaluationOf = (report: Report, project: string) =>
  report.sections.performance.projects.find(
    ({ name }) => bareProject(name) === bareProject(project),
  );

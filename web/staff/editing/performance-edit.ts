import { bareProject } from "../../../shared/checks/performance/project-names.ts";
import { gradeOf } from "../../../shared/narrative/figures.ts";
import type { Performance, SelfEvaluation } from "../../../shared/report/sections.ts";
import { knownSum, withFollowedScores } from "../../../shared/report/self-evaluation.ts";

/** 预算绩效 as one edits it: the list of projects takes the score of each project that has a 自评表. */

/** A 自评表 with nothing of the project filled in; no score or weight is proposed. */
export const blankSelfEvaluation = (of: {
  readonly project: string;
  readonly year: number;
  readonly department: string;
}): SelfEvaluation => ({
  ...of,
  unit: "",
  funds: { total: {} },
  goals: [{ expected: "", achieved: "" }],
  indicators: [],
});

/** One 自评表 changed; its scores follow, and so does the list of projects. */
export function withTable(
  performance: Performance,
  index: number,
  change: (table: SelfEvaluation) => SelfEvaluation,
): Performance {
  const before = performance.selfEvaluations[index];
  if (before === undefined) return performance;
  const after = withFollowedScores(before, change(before));
  const changed = {
    ...performance,
    selfEvaluations: performance.selfEvaluations.with(index, after),
  };
  return after.totalScore === before.totalScore ? changed : withListedScore(changed, after);
}

function withListedScore(
  performance: Performance,
  { project, totalScore }: SelfEvaluation,
): Performance {
  const name = bareProject(project);
  return {
    ...performance,
    projects: performance.projects.map((one) =>
      bareProject(one.name) === name ? { ...one, score: totalScore } : one,
    ),
  };
}

/** 自评表 added, each in the place of that of the same project and year, where there is one; their projects are listed. */
export function withTables(
  performance: Performance,
  added: readonly SelfEvaluation[],
): Performance {
  return added.reduce((before, table) => {
    const at = placeOfTable(before, table);
    const selfEvaluations =
      at < 0 ? [...before.selfEvaluations, table] : before.selfEvaluations.with(at, table);
    const isListed = before.projects.some(
      ({ name }) => bareProject(name) === bareProject(table.project),
    );
    const projects = isListed ? before.projects : [...before.projects, { name: table.project }];
    return withListedScore({ ...before, selfEvaluations, projects }, table);
  }, performance);
}

/** The 自评表 that a project of the list takes its score from. */
export const tableOfProject = (
  { selfEvaluations }: Performance,
  name: string,
): SelfEvaluation | undefined =>
  selfEvaluations.find(({ project }) => bareProject(project) === bareProject(name));

type Evaluation = NonNullable<Performance["evaluation"]>;

/** 部门评价 changed: its score is the sum of its parts once all of them have theirs, its grade that of the score. */
export function withEvaluation(
  performance: Performance,
  change: (evaluation: Evaluation) => Evaluation,
): Performance {
  const before = performance.evaluation;
  if (before === undefined) return performance;
  const after = change(before);
  const due = sumOfParts(after);
  const score = sumOfParts(before) === due || due === undefined ? after.score : due;
  const grade = score === undefined ? undefined : gradeOf(score);
  return {
    ...performance,
    evaluation: { ...after, score, grade: score === before.score ? after.grade : grade },
  };
}

/** 得分 of all parts of an evaluation; undefined before each has its own, and where there are none. */
export function sumOfParts({ dimensions }: Pick<Evaluation, "dimensions">): number | undefined {
  const scores = dimensions.map(({ score }) => score);
  return scores.length === 0 || scores.includes(undefined) ? undefined : knownSum(scores);
}

/** Projects of a list that was read: those listed already take what it states, the others are added. */
export const withProjects = (
  performance: Performance,
  read: Performance["projects"],
): Performance => ({
  ...performance,
  projects: read.reduce((projects, { name, ...stated }) => {
    const at = projects.findIndex((one) => bareProject(one.name) === bareProject(name));
    const before = projects[at];
    return before === undefined
      ? [...projects, { name, ...stated }]
      : projects.with(at, {
          name: before.name,
          score: stated.score ?? before.score,
          amount: stated.amount ?? before.amount,
        });
  }, performance.projects),
});

/** The 自评表 that one of the same project and year would take the place of. */
export const placeOfTable = (
  { selfEvaluations }: Performance,
  { project, year }: Pick<SelfEvaluation, "project" | "year">,
): number =>
  selfEvaluations.findIndex(
    (table) => bareProject(table.project) === bareProject(project) && table.year === year,
  );

import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, type ReactNode } from "react";
import type { Me, Progress } from "../../../shared/contract/responses.ts";
import { reporting } from "../../../shared/progress/days.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import type { ProgressState } from "../../../shared/progress/progress.ts";
import { reviewerOf, roleOf } from "../../../shared/workflow/roles.ts";
import { useProgress, useSeasonDays, useYears } from "../api/queries.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { departmentsInOrder } from "../season/department-order.ts";
import { DepartmentTable } from "../season/department-table.tsx";
import { NodeTable } from "../season/node-table.tsx";
import { SeasonChart } from "../season/season-chart.tsx";
import { SeasonExport } from "../season/season-export.tsx";
import { SeasonFilters } from "../season/season-filters.tsx";
import { SeasonRules } from "../season/season-rules.tsx";
import { isFiltered, type SeasonSearch } from "../season/season-search.ts";
import { YearCalendar } from "../season/year-calendar.tsx";
import "../season/season.css";

/** A year of the region: what adds up, how it went, and every department with its units. */
export function ProgressPage(): ReactNode {
  const { region, year } = useParams({ from: "/progress/$region/$year" });
  const search = useSearch({ from: "/progress/$region/$year" });
  const { me } = useSigned();
  const seesRegion = maySeeRegion(me, region);
  const progress = useProgress(region, Number(year));
  const days = useSeasonDays(region, Number(year), seesRegion);
  const fiscalYear = useYears(region).data?.items.find((one) => one.year === Number(year));
  useAllPages(progress, search.sort !== undefined);
  if (progress.data === undefined) {
    return progress.isError ? <Failure error={progress.error} /> : <Loading />;
  }
  const [first] = progress.data.pages;
  const departments = progress.data.pages.flatMap((page) => page.departments);
  const shown = departmentsInOrder(departments, search.sort);
  const rows = first?.rows ?? [];
  return (
    <>
      <title>{`${year} 年度决算进度`}</title>
      <h1 className="page-title">{year} 年度决算进度</h1>
      {seesRegion && (
        <p>
          <Link to="/audit/$region/$year" params={{ region, year }}>
            核对全部报告的记录
          </Link>
          {" · "}
          <SeasonExport region={region} year={Number(year)} search={search} />
          {mayApprove(me, region) && (
            <>
              {" · "}
              <Link to="/approvals/$region/$year" params={{ region, year }}>
                批量批复
              </Link>
            </>
          )}
        </p>
      )}
      <Tallies first={first} isLinked={seesRegion} />
      {fiscalYear !== undefined && (
        <section className="panel" aria-label="年度日程">
          <h2>年度日程</h2>
          <YearCalendar due={fiscalYear} />
        </section>
      )}
      {days.data !== undefined && <SeasonChart year={Number(year)} {...days.data} />}
      {seesRegion && <SeasonRules region={region} year={Number(year)} />}
      <section className="panel" aria-label="单位进度">
        {seesRegion && <SeasonFilters search={search} />}
        {isFiltered(search) && seesRegion ? (
          <NodeTable
            key={JSON.stringify(search)}
            region={region}
            year={Number(year)}
            search={search}
            mayRemind={mayRemind(me, region)}
          />
        ) : (
          <>
            {shown.length + rows.length === 0 ? (
              <p className="nothing">没有可以查看的单位。</p>
            ) : (
              <DepartmentTable
                region={region}
                year={Number(year)}
                departments={shown}
                rows={rows}
                sort={search.sort}
              />
            )}
            {progress.hasNextPage && (
              <p>
                <Button
                  loading={progress.isFetchingNextPage}
                  onClick={() => void progress.fetchNextPage()}
                >
                  更多部门
                </Button>
              </p>
            )}
          </>
        )}
      </section>
    </>
  );
}

/** Fetches what is left of a list once all of it is to be sorted. */
function useAllPages(
  {
    hasNextPage,
    isFetching,
    fetchNextPage,
  }: Pick<ReturnType<typeof useProgress>, "hasNextPage" | "isFetching" | "fetchNextPage">,
  isWanted: boolean,
): void {
  useEffect(() => {
    if (isWanted && hasNextPage && !isFetching) void fetchNextPage();
  }, [isWanted, hasNextPage, isFetching, fetchNextPage]);
}

/** Those who see a whole region also look into it; the server decides the same. */
const maySeeRegion = ({ regions }: Me, region: string): boolean =>
  regions.some(
    (one) =>
      one.region === region && one.memberships.some(({ role }) => roleOf(role).reach === "region"),
  );

const mayApprove = ({ regions }: Me, region: string): boolean =>
  regions.some(
    (one) =>
      one.region === region && one.memberships.some(({ role }) => role === reviewerOf.bureau),
  );

const mayRemind = ({ regions }: Me, region: string): boolean =>
  regions.some(
    (one) =>
      one.region === region &&
      one.memberships.some(({ role }) => roleOf(role).registry === "keeps"),
  );

/** States with a number of their own at the head of the page; failures only where there are any. */
const headStates = [
  ["not_opened", "absent"],
  ["draft", "draft"],
  ["in_review", "in_review"],
  ["approved", "approved"],
  ["print_failed", "failed"],
  ["publish_failed", "failed"],
  ["published", "published"],
] as const satisfies readonly (readonly [ProgressState, string])[];

interface HeadCount {
  readonly name: string;
  readonly count: number;
  readonly tone: string;
  /** What a click on it looks for. */
  readonly search: SeasonSearch;
}

function Tallies({ first, isLinked }: { first: Progress | undefined; isLinked: boolean }) {
  const counts = first?.counts ?? {};
  const heads: readonly HeadCount[] = [
    { name: "应报单位", count: reporting(counts), tone: "all", search: {} },
    ...headStates
      .map(([state, tone]) => ({
        ...{ name: progressStateName[state], count: counts[state] ?? 0, tone },
        search: { state },
      }))
      .filter(({ count, tone }) => count > 0 || tone !== "failed"),
    {
      ...{ name: "已逾期", count: first?.overdue ?? 0, tone: "overdue" },
      search: { having: "overdue" },
    },
  ];
  return (
    <dl className="tallies">
      {heads.map(({ name, count, tone, search }) => (
        <div key={name} className={tone}>
          <dt>{name}</dt>
          <dd>
            {isLinked ? (
              <Link from="/progress/$region/$year" to="." search={search}>
                {count}
              </Link>
            ) : (
              count
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { Link, useSearch } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { useWorklist, useYears } from "../api/queries.ts";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { ReportRows } from "../worklist/report-rows.tsx";
import { ToOpen } from "../worklist/to-open.tsx";
import { rememberOrder } from "../review/next-report.ts";
import { WorklistKeys } from "../worklist/worklist-keys.tsx";
import { useChangeSearch, WorklistFilters } from "../worklist/worklist-filters.tsx";
import {
  arranged,
  isDone,
  listName,
  type ListName,
  type WorklistSearch,
} from "../worklist/worklist-search.ts";
import "../season/season.css";
import "../worklist/worklist.css";

/** What waits for me, what I may begin, and what I follow, each in a list of its own. */
export function WorklistPage(): ReactNode {
  const { me } = useSigned();
  const search = useSearch({ from: "/" });
  useEffect(() => rememberOrder(search), [search]);
  return (
    <>
      <title>待办 · 决算编审</title>
      <h1 className="page-title">待办</h1>
      <WorklistKeys />
      {me.regions.map(({ region, regionName }) => (
        <RegionWorklist
          key={region}
          region={region}
          name={me.regions.length > 1 ? `${regionName} ` : ""}
          search={search}
        />
      ))}
    </>
  );
}

/** Pages fetched by themselves: filters and orders are of all that waits, as far as one person can work through it. */
const mostPages = 20;

/** The whole worklist of a region, page after page. */
function useWholeWorklist(region: string) {
  const worklist = useWorklist(region);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = worklist;
  const fetched = data?.pages.length ?? 0;
  const goesOn = hasNextPage && !isFetchingNextPage && fetched < mostPages;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetched, fetchNextPage]);
  return worklist;
}

function RegionWorklist({
  region,
  name,
  search,
}: {
  region: string;
  name: string;
  search: WorklistSearch;
}) {
  const worklist = useWholeWorklist(region);
  if (worklist.data === undefined) {
    return worklist.isError ? <Failure error={worklist.error} /> : <Loading />;
  }
  const { pages } = worklist.data;
  const mine = pages.flatMap((page) => page.mine);
  const damaged = [...new Set(pages.flatMap((page) => page.damaged))];
  const { toOpen = [], following = [] } = pages[0] ?? {};
  const lists = {
    mine,
    others: following.filter((row) => !isDone(row)),
    done: following.filter(isDone),
  };
  const shown = search.list ?? firstList(lists, toOpen.length > 0);
  const today = shanghaiDay(new Date().toISOString());
  const label = `${name}${listName[shown]}`;
  return (
    <>
      {damaged.length > 0 && (
        <section className="panel" role="alert">
          <h2>数据损坏</h2>
          <p>{damaged.join("、")} 存储的内容已经损坏，暂时不能办理，请联系系统管理员从备份恢复。</p>
        </section>
      )}
      {shown === "mine" && toOpen.length > 0 && <ToOpen entries={toOpen} />}
      <section className="panel worklist" aria-label={label}>
        {name !== "" && <h2>{name}</h2>}
        <Lists lists={lists} shown={shown} goesOn={worklist.hasNextPage} />
        {lists[shown].length === 0 ? (
          <Nothing>{emptyText[shown]}</Nothing>
        ) : (
          <>
            {lists[shown].length > 5 && <WorklistFilters search={search} />}
            <ReportRows
              label={label}
              list={shown}
              rows={arranged(lists[shown], search, today)}
              today={today}
            />
          </>
        )}
      </section>
      {following.length === 0 && toOpen.length === 0 && <WholeYears region={region} />}
    </>
  );
}

const emptyText = {
  mine: "现在没有等您处理的报告。",
  others: "没有等别人处理的报告。",
  done: "还没有办完的报告。",
} as const satisfies Record<ListName, string>;

type Lists = Readonly<Record<ListName, readonly unknown[]>>;

/** Where nothing waits for me, what waits for others is what I come to see. */
function firstList({ mine, others, done }: Lists, opens: boolean): ListName {
  if (mine.length > 0 || opens) return "mine";
  if (others.length > 0) return "others";
  return done.length > 0 ? "done" : "mine";
}

function Lists({ lists, shown, goesOn }: { lists: Lists; shown: ListName; goesOn: boolean }) {
  const change = useChangeSearch();
  return (
    <nav className="lists" aria-label="清单">
      {(Object.keys(listName) as ListName[]).map((list) => (
        <button
          key={list}
          type="button"
          aria-current={list === shown ? "true" : undefined}
          onClick={() => {
            change({ list, having: undefined, text: undefined });
          }}
        >
          {listName[list]}{" "}
          <span className="quiet">
            {lists[list].length}
            {list === "mine" && goesOn && "+"}
          </span>
        </button>
      ))}
    </nav>
  );
}

/** For people of the bureau, who follow every report: the progress of the years. */
function WholeYears({ region }: { region: string }) {
  const years = useYears(region);
  const open = years.data?.items.filter(({ status }) => status === "open") ?? [];
  if (open.length === 0) return null;
  return (
    <section className="panel" aria-label="全部报告">
      <h2>全部报告</h2>
      <p className="links">
        {open.map(({ year }) => (
          <Link key={year} to="/progress/$region/$year" params={{ region, year: String(year) }}>
            {year} 年度各单位进度
          </Link>
        ))}
      </p>
    </section>
  );
}

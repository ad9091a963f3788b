import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useRuleHits, useSeasonRules } from "../api/queries.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";

/** Rules that most reports of a year break, each with the units it hits; read once somebody looks. */
export function SeasonRules({ region, year }: { region: string; year: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel season-rules">
      <details
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary>常见问题：不符合最多的审核规则</summary>
        {isOpen && <Rules region={region} year={year} />}
      </details>
    </section>
  );
}

/** Rules shown at first. */
const fewRules = 15;

function Rules({ region, year }: { region: string; year: number }) {
  const rules = useSeasonRules(region, year, true);
  const [isAll, setAll] = useState(false);
  const [opened, setOpened] = useState<string>();
  if (rules.data === undefined) {
    return rules.isError ? <Failure error={rules.error} /> : <Loading />;
  }
  const { items } = rules.data;
  if (items.length === 0)
    return <p className="nothing">还没有报告经过审核，或者没有不符合的规则。</p>;
  return (
    <>
      <div className="data-table-frame">
        <table className="data-table" aria-label="不符合最多的审核规则">
          <thead>
            <tr>
              <th scope="col">规则</th>
              <th scope="col">要求</th>
              <th scope="col">现不符合</th>
              <th scope="col">曾不符合</th>
              <th scope="col">涉及部门</th>
            </tr>
          </thead>
          {items.slice(0, isAll ? items.length : fewRules).map((one) => {
            const isOpen = opened === one.rule;
            return (
              <tbody key={one.rule}>
                <tr>
                  <td>{one.rule}</td>
                  <td>
                    <button
                      type="button"
                      className="disclosure"
                      aria-expanded={isOpen}
                      onClick={() => {
                        setOpened(isOpen ? undefined : one.rule);
                      }}
                    >
                      {one.title}
                    </button>
                  </td>
                  <td>{one.now} 份</td>
                  <td>{one.met} 份</td>
                  <td>{one.departments}</td>
                </tr>
                {isOpen && (
                  <tr>
                    <td />
                    <td colSpan={4}>
                      <Hits region={region} year={year} rule={one.rule} />
                    </td>
                  </tr>
                )}
              </tbody>
            );
          })}
        </table>
      </div>
      <p className="quiet">按最近一次审核统计；“曾不符合”含后来已改正的。警告含已说明的。</p>
      {items.length > fewRules && !isAll && (
        <Button
          onClick={() => {
            setAll(true);
          }}
        >
          全部 {items.length} 条规则
        </Button>
      )}
    </>
  );
}

function Hits({ region, year, rule }: { region: string; year: number; rule: string }) {
  const hits = useRuleHits(region, year, rule);
  if (hits.data === undefined) {
    return hits.isError ? <Failure error={hits.error} /> : <Loading />;
  }
  return (
    <>
      <ul className="hits">
        {hits.data.pages
          .flatMap(({ items }) => items)
          .map(({ orgCode, orgName, reportId, findings, at }) => (
            <li key={orgCode}>
              {reportId === undefined ? (
                orgName
              ) : (
                <Link to="/reports/$id/$part" params={{ id: reportId, part: "findings" }}>
                  {orgName}
                </Link>
              )}{" "}
              <span className="quiet">
                {findings === 0 ? "已改正" : `${String(findings)} 处`}，{localTime(at)} 审核
              </span>
            </li>
          ))}
      </ul>
      {hits.hasNextPage && (
        <Button
          size="small"
          loading={hits.isFetchingNextPage}
          onClick={() => void hits.fetchNextPage()}
        >
          更多部门
        </Button>
      )}
    </>
  );
}

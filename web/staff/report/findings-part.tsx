import { useNavigate } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import { outcomeName } from "../../../shared/checks/names.ts";
import type { FindingsView, FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { useFindings } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { FindingCard } from "./finding-card.tsx";
import { openCounts, openWords, placeHref } from "./finding-place.ts";

type Outcome = FindingsView["ledger"][number]["outcome"];

const outcomes: readonly Outcome[] = [
  "failed",
  "explained",
  "could_not_run",
  "passed",
  "not_applicable",
];

/** All findings of the report, and the ledger of every rule: what was checked, and what came of it. */
export function FindingsPart({ report }: { report: ReportView }) {
  const navigate = useNavigate();
  const checked = useFindings(report.id);
  const [outcome, setOutcome] = useState<Outcome | "all">("all");
  if (checked.data === undefined) {
    return checked.isError ? <Failure error={checked.error} /> : <Loading />;
  }
  const { findings, unlisted, ledger, blocking, counts } = checked.data;
  const open = openWords(openCounts(findings));
  const wayTo = (finding: FindingView) => {
    const href = placeHref(report.id, finding);
    return href === undefined ? undefined : () => void navigate({ href });
  };
  const shown = outcome === "all" ? ledger : ledger.filter((entry) => entry.outcome === outcome);
  const countOf = (wanted: Outcome) => ledger.filter((entry) => entry.outcome === wanted).length;
  return (
    <>
      <div className="part-bar">
        <h2>审核结果</h2>
        <span className={counts.error > 0 ? "late" : "quiet"}>
          {blocking > 0
            ? `${unlisted > 0 || open === "" ? `${String(blocking)} 处问题` : open}，处理完方可提交`
            : "没有阻止提交的问题"}
        </span>
      </div>
      <section className="panel" aria-label="发现的问题">
        <h2>
          发现的问题 <span className="quiet">{findings.length + unlisted}</span>
        </h2>
        {findings.length === 0 ? (
          <Nothing>表内、表间关系和说明文字核对无误。</Nothing>
        ) : (
          findings.map((finding, index) => (
            <FindingCard
              key={finding.id ?? index}
              report={report}
              finding={finding}
              onGo={wayTo(finding)}
            />
          ))
        )}
        {unlisted > 0 && (
          <p className="quiet">
            还有 {unlisted} 条没有列出：先列最要紧的，改正或说明以后再列其余各条。
          </p>
        )}
      </section>
      <section className="panel" aria-label="审核公式清单">
        <h2>
          审核公式清单 <span className="quiet">{ledger.length}</span>
          <Select
            aria-label="按结果筛选"
            size="small"
            style={{ width: 140, marginLeft: 12, fontWeight: 400 }}
            value={outcome}
            onChange={setOutcome}
            options={[
              { value: "all" as const, label: "全部结果" },
              ...outcomes.map((value) => ({
                value,
                label: `${outcomeName[value]} ${String(countOf(value))}`,
              })),
            ]}
          />
        </h2>
        <DataTable
          label="审核公式清单"
          rows={shown}
          empty="没有这样的结果。"
          keyOf={({ rule }) => rule}
          columns={[
            { title: "编号", width: 80, cell: ({ rule }) => rule },
            { title: "公式", cell: ({ title }) => title },
            {
              title: "结果",
              width: 230,
              cell: (entry) => (
                <>
                  <span className={`chip ${entry.outcome}`}>{outcomeName[entry.outcome]}</span>{" "}
                  <small className="quiet">{entry.reason}</small>
                </>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}

import { Select } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { printFigure } from "../../../shared/forms/place-name.ts";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { useDiff, useEdition, useSubmissions } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading, Nothing } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";

/** What changed since an earlier submission: cells with old and new, sentences, attachments. */
export function ChangesPart({ report }: { report: ReportView }) {
  const submissions = useSubmissions(report.id);
  const [chosen, setChosen] = useState<string>();
  const earlier = (submissions.data?.items ?? []).filter(
    ({ editionHash }) => editionHash !== report.editionHash,
  );
  const from = chosen ?? earlier.at(-1)?.editionHash;
  const diff = useDiff(report.id, from);
  const edition = useEdition(report.edition).data;
  const printed = (cell: string, value: number | undefined) =>
    value === undefined || edition === undefined
      ? "（空）"
      : printFigure(value, cell as CellAddress, edition);
  if (submissions.data === undefined) return <Loading />;
  return (
    <>
      <div className="part-bar">
        <h2>版本对比</h2>
        {earlier.length > 0 && (
          <Select
            style={{ width: 340 }}
            aria-label="与哪一次提交对比"
            value={from}
            onChange={setChosen}
            options={earlier.map((edition) => ({
              value: edition.editionHash,
              label: `${localTime(edition.submittedAt)} ${edition.byName}提交${edition.published ? "（已公开）" : ""}`,
            }))}
          />
        )}
      </div>
      {from === undefined && (
        <div className="panel">
          <Nothing>没有与当前内容不同的更早提交。</Nothing>
        </div>
      )}
      {diff.data !== undefined && (
        <>
          <section className="panel" aria-label="变动的数字">
            <h2>
              变动的数字 <span className="quiet">{diff.data.cells.length}</span>
            </h2>
            <DataTable
              label="变动的数字"
              rows={diff.data.cells}
              empty="没有变动。"
              keyOf={({ cell }) => cell}
              columns={[
                {
                  title: "位置",
                  cell: ({ cell, label }) => (
                    <Link
                      to="/reports/$id/$part"
                      params={{ id: report.id, part: cell.split("/")[0] ?? "" }}
                      search={{ cell }}
                    >
                      {label}
                    </Link>
                  ),
                },
                {
                  title: "原",
                  align: "right",
                  width: 160,
                  cell: (change) => printed(change.cell, change.old),
                },
                {
                  title: "现",
                  align: "right",
                  width: 160,
                  cell: (change) => printed(change.cell, change.new),
                },
              ]}
            />
          </section>
          <section className="panel" aria-label="变动的文字">
            <h2>
              变动的文字 <span className="quiet">{diff.data.sentences.length}</span>
            </h2>
            {diff.data.sentences.length === 0 && <Nothing>没有变动。</Nothing>}
            {diff.data.sentences.map((change) => (
              <div key={change.sentence} className="sentence-change">
                {change.old !== undefined && <del>{change.old}</del>}
                {change.new !== undefined && <ins>{change.new}</ins>}
              </div>
            ))}
          </section>
          {diff.data.explanations.length > 0 && (
            <section className="panel" aria-label="变动的审核说明">
              <h2>
                变动的审核说明 <span className="quiet">{diff.data.explanations.length}</span>
              </h2>
              {diff.data.explanations.map((change, index) => (
                <div key={index} className="sentence-change">
                  <strong>
                    {change.place} <small>{change.rule}</small>
                  </strong>
                  {change.old !== undefined && <del>{change.old}</del>}
                  {change.new !== undefined && <ins>{change.new}</ins>}
                </div>
              ))}
            </section>
          )}
          {diff.data.facts.length > 0 && (
            <section className="panel" aria-label="变动的补充数据">
              <h2>
                变动的补充数据和绩效内容 <span className="quiet">{diff.data.facts.length}</span>
              </h2>
              <p className="quiet">{diff.data.facts.map(({ label }) => label).join("、")}</p>
            </section>
          )}
          {diff.data.attachments.length > 0 && (
            <section className="panel" aria-label="变动的附件">
              <h2>变动的附件</h2>
              {diff.data.attachments.map((change) => (
                <p key={change.sha256}>
                  {change.change === "added" ? "新增" : "删除"}：{change.name}
                </p>
              ))}
            </section>
          )}
        </>
      )}
    </>
  );
}

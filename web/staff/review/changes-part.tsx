import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { useState, type ReactNode } from "react";
import type { z } from "zod";
import type { diffResponse, ReportView, ReviewView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { refusalText, useDiff, useEdition } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { baseKey, baseName } from "./base-name.ts";
import { ChangedCells } from "./changed-cells.tsx";
import { TickBox } from "./tick-box.tsx";
import { useReview } from "./use-review.ts";
import { valueWords } from "./value-words.ts";
import { WordChange } from "./word-change.tsx";

type Diff = z.infer<typeof diffResponse>;

/** What changed since this person looked, or since what else they choose, part by part in the report's own terms. */
export function ChangesPart({ report }: { report: ReportView }) {
  const review = useReview(report);
  const edition = useEdition(report.edition).data;
  const [chosen, setChosen] = useState<string>();
  const bases = review.data?.bases ?? [];
  const base = bases.find((one) => baseKey(one) === chosen) ?? bases[0];
  const diff = useDiff(report.id, base && baseKey(base), report.editionHash);
  if (review.data === undefined || edition === undefined) {
    return review.isError ? <Failure error={review.error} /> : <Loading />;
  }
  return (
    <>
      <div className="part-bar">
        <h2>版本对比</h2>
        {base !== undefined && (
          <label className="base-choice">
            与
            <Select
              style={{ minWidth: 300 }}
              aria-label="与哪一个版本对比"
              value={baseKey(base)}
              onChange={setChosen}
              options={bases.map((one) => ({
                value: baseKey(one),
                label: baseName(one, report.year),
              }))}
            />
            对比
          </label>
        )}
      </div>
      {base === undefined && (
        <div className="panel">
          <Nothing>这是第一次提交，也没有上年决算可以对比，请逐部分审阅。</Nothing>
        </div>
      )}
      {base !== undefined &&
        (diff.data === undefined ? (
          diff.isError ? (
            <Failure error={diff.error} />
          ) : (
            <Loading />
          )
        ) : (
          <Changes report={report} edition={edition} diff={diff.data} review={review.data} />
        ))}
    </>
  );
}

function Changes({
  report,
  edition,
  diff,
  review,
}: {
  report: ReportView;
  edition: Edition;
  diff: Diff;
  review: ReviewView;
}) {
  const tables = edition.forms.flatMap((form) => {
    const cells = diff.cells.filter(({ cell }) => cell.startsWith(`${form.id}/`));
    return cells.length === 0 ? [] : [{ form, cells }];
  });
  const counts = [
    [tables.length, "张表", diff.cells.length, "个数"],
    [diff.sentences.length, "句文字"],
    [diff.facts.length, "项补充数据和绩效内容"],
    [diff.attachments.length, "个附件变动"],
    [diff.explanations.length, "条审核说明"],
  ] as const;
  const named = counts.filter(([count]) => count > 0).map((words) => words.join(" "));
  const heading = (part: SectionId, title: string, count: number) => (
    <h2>
      {title} <span className="quiet">{count}</span>
      <TickBox report={report} part={part} title={title} />
    </h2>
  );
  return (
    <>
      <p className="change-summary" role="status">
        {named.length > 0
          ? `变动：${named.join("，")}。`
          : review.isUnchanged
            ? "退回后重新提交的内容与退回时完全相同，没有任何变动。"
            : "没有任何变动。"}
      </p>
      {tables.map(({ form, cells }) => (
        <section key={form.id} className="panel" aria-label={`${form.title}的变动`}>
          {heading(form.id, [form.number, form.title].filter(Boolean).join(" "), cells.length)}
          <ChangedCells reportId={report.id} form={form} cells={cells} edition={edition} />
        </section>
      ))}
      {diff.sentences.length > 0 && (
        <section className="panel" aria-label="变动的文字">
          {heading("narrative", "决算情况说明", diff.sentences.length)}
          {diff.sentences.map(({ sentence, old, new: now }) => (
            <ChangeOf key={sentence} name={`s/${sentence}`}>
              <WordChange old={old} now={now} />{" "}
              {now !== undefined && (
                <Link
                  to="/reports/$id/$part"
                  params={{ id: report.id, part: "narrative" }}
                  search={{ sentence }}
                >
                  查看
                </Link>
              )}
            </ChangeOf>
          ))}
        </section>
      )}
      {(["facts", "performance", "adjustments"] as const).map((section) => (
        <FactChanges
          key={section}
          changes={diff.facts.filter(({ path }) => path.startsWith(`${section}.`))}
          edition={edition}
          heading={(count) => heading(section, factTitle[section], count)}
        />
      ))}
      {diff.attachments.length > 0 && (
        <section className="panel" aria-label="变动的附件">
          {heading("attachments", "附件", diff.attachments.length)}
          <AttachmentChanges report={report} changes={diff.attachments} />
        </section>
      )}
      {diff.explanations.length > 0 && (
        <section className="panel" aria-label="变动的审核说明">
          <h2>
            审核说明 <span className="quiet">{diff.explanations.length}</span>
          </h2>
          {diff.explanations.map((change, index) => (
            <ChangeOf key={index} name={`e/${String(index)}`}>
              <strong>
                {change.place} <small>{change.rule}</small>
              </strong>
              <br />
              <WordChange old={change.old} now={change.new} />
              {change.old === change.new && <span className="quiet">（数字变动后重新说明）</span>}
            </ChangeOf>
          ))}
        </section>
      )}
    </>
  );
}

const factTitle = {
  facts: "基本情况与补充数据",
  performance: "预算绩效",
  adjustments: "汇总的抵销和调整",
} as const;

/** One change that the keys go to. */
const ChangeOf = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="sentence-change" data-change={name} tabIndex={-1}>
    {children}
  </div>
);

function FactChanges({
  changes,
  edition,
  heading,
}: {
  changes: Diff["facts"];
  edition: Edition;
  heading: (count: number) => ReactNode;
}) {
  if (changes.length === 0) return null;
  return (
    <section className="panel">
      {heading(changes.length)}
      {changes.map(({ path, label, old, new: now }) => (
        <ChangeOf key={path} name={`f/${path}`}>
          <strong>{label}</strong>
          <br />
          <WordChange
            old={old === undefined ? "" : valueWords(path, old, edition)}
            now={now === undefined ? "" : valueWords(path, now, edition)}
          />
        </ChangeOf>
      ))}
    </section>
  );
}

/** A file under the name of another that is gone takes its place. */
function AttachmentChanges({
  report,
  changes,
}: {
  report: ReportView;
  changes: Diff["attachments"];
}) {
  const of = (kind: "added" | "removed") => changes.filter(({ change }) => change === kind);
  const names = [...new Set(changes.map(({ name }) => name))];
  return names.map((name) => {
    const [removed] = of("removed").filter((one) => one.name === name);
    const [added] = of("added").filter((one) => one.name === name);
    return (
      <ChangeOf key={name} name={`a/${name}`}>
        {removed && added ? "替换" : added ? "新增" : "删除"}：{name}{" "}
        {removed && (
          <OpenFile report={report} sha256={removed.sha256}>
            打开原文件
          </OpenFile>
        )}{" "}
        {added && (
          <OpenFile report={report} sha256={added.sha256}>
            打开现文件
          </OpenFile>
        )}
      </ChangeOf>
    );
  });
}

function OpenFile({
  report,
  sha256,
  children,
}: {
  report: ReportView;
  sha256: string;
  children: string;
}) {
  const { api } = useSigned();
  const open = async () => {
    try {
      const { url } = await api.get(
        `/reports/${report.id}/attachments/${sha256}`,
        "downloadResponse",
      );
      window.open(url, "_blank", "noreferrer");
    } catch (error) {
      message.error(refusalText(error));
    }
  };
  return (
    <button type="button" className="link" onClick={() => void open()}>
      {children}
    </button>
  );
}

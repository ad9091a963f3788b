import { Link, useSearch } from "@tanstack/react-router";
import { App, Button, Checkbox, Input } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { z } from "zod";
import type { ConsolidationView, ReportView } from "../../../shared/contract/responses.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { cellName, exactWan, printFigure } from "../../../shared/forms/place-name.ts";
import { reportTypes } from "../../../shared/report/report-type.ts";
import { adjustmentEntrySchema } from "../../../shared/report/sections.ts";
import { statusName } from "../../../shared/workflow/names.ts";
import { useAct, useConsolidatedCell, useConsolidation } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { useKeptText } from "../editing/use-kept-text.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";

type Unit = ConsolidationView["units"][number];
type Pair = ConsolidationView["pairs"][number];
type Difference = ConsolidationView["differences"]["cells"][number];
type Entry = Pick<ConsolidationView["entries"][number], "cells" | "reason">;

const unitStateText = {
  used: "已汇总",
  resubmitted: "重新批复，须重新汇总",
  not_used: "已批复，未汇总",
  outstanding: "待批复",
  exempt: "免报",
  removed: "已不属本部门，须重新汇总",
} as const satisfies Record<Unit["standing"], string>;
const unitStateTone = {
  used: "passed",
  resubmitted: "failed",
  not_used: "open",
  outstanding: "open",
  exempt: "",
  removed: "failed",
} as const satisfies Record<Unit["standing"], string>;

const matchText = {
  same_code: "科目和金额一致",
  same_amount: "金额一致，科目不同",
  same_sum: "合计一致，分笔列示",
} as const satisfies Record<Pair["match"], string>;

const sideTitle = { payer: "只在支出方列示", payee: "只在收入方列示" } as const;

/** 汇总: a department's units, the flows between them, and its draft added up from their approved submissions. */
export function ConsolidationPart({ report, edition }: { report: ReportView; edition: Edition }) {
  const read = useConsolidation(report.id);
  const { cell: cellInAddress = "" } = useSearch({ from: "/reports/$id/$part" });
  const ref = parseCellAddress(cellInAddress);
  const [cell, setCell] = useState(ref && cellAddress(ref));
  const kept = useKeptText(report.id, "entries/consolidation/");
  const { chosen, typed } = useMemo(() => readPending(kept.text), [kept.text]);
  const keep = (change: Pending) => kept.write(JSON.stringify({ chosen, typed, ...change }));
  if (read.data === undefined) {
    return read.isError ? <Failure error={read.error} /> : <Loading />;
  }
  const view = read.data;
  const editable = report.allowedActions.includes("edit");
  const confirmed = new Set(
    chosen ?? view.pairs.filter((pair) => pair.confirmed).map(({ id }) => id),
  );
  const byHand = typed ?? view.entries.filter(({ pair }) => pair === undefined);
  const figure = (value: number | undefined, at: string) =>
    value === undefined ? "（空）" : printFigure(value, at as CellAddress, edition);
  const place = (at: { cell: string; label: string }) => (
    <button type="button" className="link" onClick={() => setCell(at.cell as CellAddress)}>
      {at.label}
    </button>
  );
  return (
    <div className="with-side">
      <section aria-label="汇总">
        <div className="part-bar">
          <h2>汇总</h2>
          {editable && (
            <ConsolidateButton
              report={report}
              view={view}
              confirmed={[...confirmed]}
              adjustments={byHand}
              onDone={kept.clear}
            />
          )}
        </div>
        <p className="quiet">
          报表类型：{reportTypes[view.reportType]}
          {view.reportType === "stacked" &&
            `（单户表 ${String(view.units.filter(({ used }) => used !== undefined).length)} 份，调整表分录 ${String(view.entries.length)} 笔）`}
        </p>
        <OutdatedNotice view={view} />
        <Units units={view.units} />
        {view.moved.count > 0 && (
          <Panel title="汇总之后变动的数字" count={view.moved.count}>
            <DataTable
              label="汇总之后变动的数字"
              rows={view.moved.cells}
              empty=""
              keyOf={(moved) => moved.cell}
              columns={[
                { title: "位置", cell: place },
                {
                  title: "汇总时",
                  align: "right",
                  width: 150,
                  cell: (moved) => figure(moved.was, moved.cell),
                },
                {
                  title: "现在",
                  align: "right",
                  width: 150,
                  cell: (moved) => figure(moved.is, moved.cell),
                },
                { title: "单位", width: 120, cell: ({ orgCodes }) => orgCodes.join("、") },
              ]}
            />
          </Panel>
        )}
        <Pairs
          pairs={view.pairs}
          editable={editable}
          confirmed={confirmed}
          onConfirm={(id, isConfirmed) =>
            keep({
              chosen: isConfirmed
                ? [...confirmed, id]
                : [...confirmed].filter((other) => other !== id),
            })
          }
        />
        <Unmatched view={view} />
        <Entries
          entries={byHand}
          editable={editable}
          textOf={({ cell, fen }) =>
            `${cellName(cell, edition)} ${fen > 0 ? "+" : ""}${figure(fen, cell)}`
          }
          onRemove={(index) => keep({ typed: byHand.filter((_, other) => other !== index) })}
        />
        {isComparable(view) && (
          <Differences
            key={view.editionHash}
            reportId={report.id}
            differences={view.differences}
            editable={editable}
            figure={figure}
            place={place}
            onAdjust={(cells, reason) => keep({ typed: [...byHand, { cells, reason }] })}
          />
        )}
      </section>
      <aside className="side" aria-label="汇总数的组成">
        <CellParts report={report} cell={cell} figure={figure} />
      </aside>
    </div>
  );
}

/** Pairs ticked and entries typed since the last 汇总; they wait on this machine for the next one. */
const pendingSchema = z.object({
  chosen: z.array(z.string()).optional(),
  typed: z.array(adjustmentEntrySchema.pick({ cells: true, reason: true })).optional(),
});
type Pending = z.infer<typeof pendingSchema>;

function readPending(text: string): Pending {
  if (text === "") return {};
  try {
    return pendingSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** Before all units are approved, a draft that was typed in differs from their sum nearly everywhere. */
const isComparable = ({ consolidated, units }: ConsolidationView): boolean =>
  consolidated || units.every(({ standing }) => standing !== "outstanding");

function ConsolidateButton({
  report,
  view,
  confirmed,
  adjustments,
  onDone,
}: {
  report: ReportView;
  view: ConsolidationView;
  confirmed: readonly string[];
  adjustments: readonly Entry[];
  onDone: () => void;
}) {
  const { modal } = App.useApp();
  const { drafts } = useSigned();
  const { guard, dialog } = useUnsentGuard(report);
  const act = useAct(report.id, "/consolidation", "consolidationResponse", "已汇总。");
  const approved = view.units.filter((unit) => unit.approved !== undefined).length;
  const waiting = view.units.filter(({ standing }) => standing === "outstanding").length;
  const consolidate = async () => {
    const { editionHash } = view;
    await act.mutateAsync({ editionHash, confirmed, adjustments }).then(
      () => {
        drafts.discardAll(report.id);
        onDone();
      },
      () => undefined,
    );
  };
  const label = view.consolidated ? "重新汇总" : "生成汇总";
  const ask = () => {
    modal.confirm({
      title: label,
      content: [
        `将 ${String(approved)} 个已批复单位的决算和调整分录相加，写入本部门各表和补充数据，各表原有的数字被替换。`,
        waiting > 0 ? `还有 ${String(waiting)} 个单位未批复，批复后须重新汇总。` : "",
      ].join(""),
      okText: label,
      onOk: consolidate,
    });
  };
  return (
    <>
      <Button
        type="primary"
        disabled={approved === 0}
        loading={act.isPending}
        onClick={() => void guard("汇总", ask, { handsOn: false })}
      >
        {label}
      </Button>
      {dialog}
    </>
  );
}

function OutdatedNotice({ view }: { view: ConsolidationView }) {
  const outdated = view.units.filter(
    ({ standing }) =>
      standing === "resubmitted" || standing === "removed" || standing === "not_used",
  );
  if (!view.consolidated) {
    return (
      <p className="notice">本部门各表尚未由所属单位汇总生成。只有已批复的单位决算计入汇总。</p>
    );
  }
  if (outdated.length === 0) return null;
  return (
    <p className="notice warning" role="status">
      汇总已过期：{outdated.map(({ orgName }) => orgName).join("、")}
      在汇总之后有变化，涉及 {view.moved.count} 个数字，须重新汇总后才能提交。
    </p>
  );
}

function Units({ units }: { units: readonly Unit[] }) {
  return (
    <Panel title="所属单位" count={units.length}>
      <DataTable
        label="所属单位"
        rows={units}
        empty="本部门没有所属单位。"
        keyOf={({ orgCode }) => orgCode}
        columns={[
          { title: "代码", width: 100, cell: ({ orgCode }) => orgCode },
          {
            title: "单位",
            cell: ({ orgName, reportId, status }) =>
              status === "absent" ? (
                orgName
              ) : (
                <Link to="/reports/$id/$part" params={{ id: reportId, part: "t01" }}>
                  {orgName}
                </Link>
              ),
          },
          { title: "决算", width: 90, cell: ({ status }) => statusName[status] },
          {
            title: "汇总",
            width: 200,
            cell: ({ standing }) => (
              <span className={`chip ${unitStateTone[standing]}`}>{unitStateText[standing]}</span>
            ),
          },
          {
            title: "汇总所用版本",
            width: 110,
            cell: ({ used }) => <span className="quiet">{used?.slice(0, 8)}</span>,
          },
        ]}
      />
    </Panel>
  );
}

function Pairs({
  pairs,
  editable,
  confirmed,
  onConfirm,
}: {
  pairs: readonly Pair[];
  editable: boolean;
  confirmed: ReadonlySet<string>;
  onConfirm: (id: string, isConfirmed: boolean) => void;
}) {
  return (
    <Panel title="待抵销的内部往来" count={pairs.length}>
      <DataTable
        label="待抵销的内部往来"
        rows={pairs}
        empty="没有金额对得上的内部往来。"
        keyOf={({ id }) => id}
        columns={[
          {
            title: "抵销",
            width: 60,
            cell: ({ id, payer, payee }) => (
              <Checkbox
                aria-label={`抵销${payer.orgName}与${payee.orgName}`}
                disabled={!editable}
                checked={confirmed.has(id)}
                onChange={(event) => onConfirm(id, event.target.checked)}
              />
            ),
          },
          { title: "支出方", cell: ({ payer }) => `${payer.orgName}：${payer.label}` },
          { title: "收入方", cell: ({ payee }) => `${payee.orgName}：${payee.label}` },
          { title: "金额（万元）", align: "right", width: 120, cell: ({ fen }) => exactWan(fen) },
          { title: "依据", width: 150, cell: ({ match }) => matchText[match] },
        ]}
      />
    </Panel>
  );
}

/** What one side shows and the other does not, side beside side, so that a slip in one row meets the eye. */
function Unmatched({ view: { unmatched, units } }: { view: ConsolidationView }) {
  return (
    <Panel title="未对上的内部往来" count={unmatched.length}>
      {unmatched.length === 0 && <Nothing>没有只在一方列示的往来。</Nothing>}
      {unmatched.length > 0 && (
        <div className="two-sides">
          {(["payer", "payee"] as const).map((side) => {
            const flows = unmatched.filter((flow) => flow.side === side);
            return (
              <section key={side} aria-label={sideTitle[side]}>
                <h3>
                  {sideTitle[side]}{" "}
                  <span className="quiet">
                    合计 {exactWan(flows.reduce((sum, { fen }) => sum + fen, 0))} 万元
                  </span>
                </h3>
                <DataTable
                  label={`${sideTitle[side]}的往来`}
                  rows={flows}
                  empty="这一方没有。"
                  keyOf={(flow) => `${flow.orgCode}/${flow.cell}`}
                  columns={[
                    { title: "单位", cell: ({ orgName }) => orgName },
                    { title: "位置", cell: UnitCell(units) },
                    {
                      title: "万元",
                      align: "right",
                      width: 100,
                      cell: ({ fen }) => exactWan(fen),
                    },
                  ]}
                />
              </section>
            );
          })}
        </div>
      )}
    </Panel>
  );
}

function Entries({
  entries,
  editable,
  textOf,
  onRemove,
}: {
  entries: readonly Entry[];
  editable: boolean;
  textOf: (adjusted: Entry["cells"][number]) => string;
  onRemove: (index: number) => void;
}) {
  return (
    <Panel title="其他调整分录" count={entries.length}>
      <DataTable
        label="其他调整分录"
        rows={entries}
        empty="没有其他调整。"
        keyOf={(_, index) => String(index)}
        columns={[
          { title: "原因", cell: ({ reason }) => reason },
          {
            title: "调整",
            cell: ({ cells }) => cells.map(textOf).join("；"),
          },
          {
            title: "操作",
            width: 80,
            cell: (entry, index) =>
              editable && (
                <Button
                  type="text"
                  size="small"
                  aria-label={`移除调整：${entry.reason}`}
                  onClick={() => onRemove(index)}
                >
                  移除
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

/** Where the draft differs from its units: overwritten by the next 汇总, or kept as an entry with its reason. */
function Differences({
  reportId,
  differences: { count, cells },
  editable,
  figure,
  place,
  onAdjust,
}: {
  reportId: string;
  differences: ConsolidationView["differences"];
  editable: boolean;
  figure: (value: number | undefined, cell: string) => string;
  place: (at: { cell: string; label: string }) => ReactNode;
  onAdjust: (cells: Entry["cells"], reason: string) => void;
}) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { text: reason, write, clear } = useKeptText(reportId, "adjustment/consolidation/");
  const adjusted = cells.filter(({ cell }) => selected.has(cell));
  return (
    <Panel title="与单位合计不一致的数字" count={count}>
      <DataTable
        label="与单位合计不一致的数字"
        rows={cells}
        empty="各数均等于单位合计加调整分录。"
        keyOf={({ cell }) => cell}
        columns={[
          ...(editable
            ? [
                {
                  title: "选择",
                  width: 60,
                  cell: ({ cell, label }: Difference) => (
                    <Checkbox
                      aria-label={`选择${label}`}
                      checked={selected.has(cell)}
                      onChange={({ target }) =>
                        setSelected(
                          new Set(
                            target.checked
                              ? [...selected, cell]
                              : [...selected].filter((other) => other !== cell),
                          ),
                        )
                      }
                    />
                  ),
                },
              ]
            : []),
          { title: "位置", cell: place },
          {
            title: "单位合计与调整",
            align: "right",
            width: 150,
            cell: ({ expected, cell }) => figure(expected, cell),
          },
          {
            title: "本部门填列",
            align: "right",
            width: 150,
            cell: ({ actual, cell }) => figure(actual, cell),
          },
        ]}
      />
      {count > cells.length && <Nothing>只列出前 500 个。</Nothing>}
      {editable && cells.length > 0 && (
        <div className="line-of-inputs">
          <Input
            aria-label="调整原因"
            placeholder="保留所选数字的原因，如：审计调整、单位漏列"
            value={reason}
            onChange={(event) => write(event.target.value)}
          />
          <Button
            disabled={adjusted.length === 0 || reason.trim().length < 2}
            onClick={() => {
              onAdjust(
                adjusted.map(({ cell, actual = 0, expected = 0 }) => ({
                  cell: cell as CellAddress,
                  fen: actual - expected,
                })),
                reason.trim(),
              );
              setSelected(new Set());
              clear();
            }}
          >
            列为调整分录
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** From a number of the department to the numbers of its units. */
function CellParts({
  report,
  cell,
  figure,
}: {
  report: ReportView;
  cell: CellAddress | undefined;
  figure: (value: number | undefined, cell: string) => string;
}) {
  const parts = useConsolidatedCell(report.id, cell);
  if (cell === undefined) {
    return (
      <section className="panel">
        <h2>汇总数的组成</h2>
        <p className="quiet">点选一个数字，查看它由哪些单位的数字组成。</p>
      </section>
    );
  }
  if (parts.data === undefined) {
    return parts.isError ? <Failure error={parts.error} /> : <Loading />;
  }
  const { label, actual, expected, units, entries } = parts.data;
  const [table = ""] = cell.split("/");
  const rows = [
    ...units.map(({ orgCode, orgName, reportId, value }) => ({
      key: orgCode,
      value,
      name: (
        <Link to="/reports/$id/$part" params={{ id: reportId, part: table }} search={{ cell }}>
          {orgName}
        </Link>
      ),
    })),
    ...entries.map(({ id, reason, value }) => ({ key: id, value, name: reason })),
  ];
  return (
    <section className="panel">
      <h2>汇总数的组成</h2>
      <p>
        <Link to="/reports/$id/$part" params={{ id: report.id, part: table }} search={{ cell }}>
          {label}
        </Link>
      </p>
      <DataTable
        label={`${label}的组成`}
        rows={rows}
        empty="没有单位填列这个数。"
        keyOf={({ key }) => key}
        columns={[
          { title: "单位或调整", cell: ({ name }) => name },
          {
            title: "金额",
            align: "right",
            cell: ({ value }) => <span className="nowrap">{figure(value, cell)}</span>,
          },
        ]}
      />
      <p>
        合计 {figure(expected, cell)}
        {actual !== expected && <span className="late">，本部门填列 {figure(actual, cell)}</span>}
      </p>
    </section>
  );
}

/** A cell in its unit's own report. */
const UnitCell = (units: readonly Unit[]) =>
  function InUnit({ orgCode, cell, label }: { orgCode: string; cell: string; label: string }) {
    const unit = units.find((one) => one.orgCode === orgCode);
    if (unit === undefined) return label;
    return (
      <Link
        to="/reports/$id/$part"
        params={{ id: unit.reportId, part: cell.split("/")[0] ?? "" }}
        search={{ cell }}
      >
        {label}
      </Link>
    );
  };

function Panel({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} <span className="quiet">{count}</span>
      </h2>
      {children}
    </section>
  );
}

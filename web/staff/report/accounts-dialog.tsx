import { useQueryClient } from "@tanstack/react-query";
import { Checkbox, Modal } from "antd";
import { useState } from "react";
import type { AccountsPlanView, ReportView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { printFigure } from "../../../shared/forms/place-name.ts";
import { refusalText, useEdition } from "../api/queries.ts";
import { DataTable, type Column } from "../app/data-table.tsx";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { useAppliedAccounts } from "./applied-accounts.ts";
import { Foldable, Lines } from "./plan-lines.tsx";

type PlannedTable = AccountsPlanView["tables"][number];

/** Figures drawn at once; more are drawn when they are wanted. */
const figuresAtOnce = 100;

/**
 * What a file would fill in, and of a workbook of the accounts what it contradicts and could not place; confirmed, the chosen tables are
 * written in one step, which can be taken back.
 */
export function AccountsDialog({
  report,
  plan,
  onClose,
}: {
  report: ReportView;
  plan: AccountsPlanView;
  onClose: () => void;
}) {
  const { api, drafts } = useSigned();
  const queries = useQueryClient();
  const { keep } = useAppliedAccounts(report.id);
  const edition = useEdition(report.edition).data;
  const changing = plan.tables.filter(isChanging);
  const [wanted, setWanted] = useState<ReadonlySet<string>>(
    () => new Set(changing.map(({ id }) => id)),
  );
  const [isOwnOffice, setIsOwnOffice] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const chosen = changing.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  const choose = (id: string, isWanted: boolean) => {
    const next = new Set(wanted);
    if (isWanted) next.add(id);
    else next.delete(id);
    setWanted(next);
  };
  const apply = async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      const path = `/reports/${report.id}/accounts/${plan.plan}/apply`;
      const body = { tables: chosen, isOwnOffice };
      const { saved } = await api.send("POST", path, body, "importResponse");
      for (const { section } of saved) drafts.of(report.id, section).discard();
      keep({ plan: plan.plan, fileName: plan.fileName, tables: chosen });
      await queries.invalidateQueries({ queryKey: ["report", report.id] });
      message.success(`已填入 ${String(chosen.length)} 张表。`);
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
      setBusy(false);
    }
  };
  const isAccounts = plan.kind === "accounts";
  const ofKind = (kind: string) => plan.unplaced.filter((line) => line.kind === kind);
  const isBlocked = plan.otherOffice !== undefined && !isOwnOffice;
  return (
    <Modal
      open
      width={1080}
      title={`${isAccounts ? "从账表填入" : "导入"}：${plan.fileName}`}
      okText={chosen.length === 0 ? "没有要填入的表" : `填入 ${String(chosen.length)} 张表`}
      okButtonProps={{ disabled: chosen.length === 0 || isBlocked }}
      cancelText="取消"
      confirmLoading={busy}
      closable={!busy}
      mask={{ closable: false }}
      onOk={() => void apply()}
      onCancel={onClose}
    >
      <div className="accounts-plan">
        <p>
          {isAccounts
            ? `读到 ${String(plan.sheets.length)} 张账表`
            : `读到 ${String(plan.tables.length)} 张报表`}
          ，{summaryOf(plan.tables)}。{doubtsOf(plan)}
          填入后可以整体撤回。
        </p>
        {plan.otherOffice !== undefined && (
          <div className="notice warning">
            账表写的单位是“{plan.otherOffice}”，本报告的单位是“{report.orgName}”。
            <br />
            <Checkbox
              checked={isOwnOffice}
              onChange={({ target }) => setIsOwnOffice(target.checked)}
            >
              确认是本单位的账表
            </Checkbox>
          </div>
        )}
        <Tables plan={plan} edition={edition} wanted={wanted} onChoose={choose} />
        <Lines
          title="相互矛盾"
          lines={plan.contradictions}
          further={plan.furtherContradictions}
          open
        />
        <Lines title="未能放入，请核对" lines={ofKind("check")} open />
        <Lines title="请另行填写的数" lines={ofKind("elsewhere")} open />
        <Lines
          title="公开表中没有、不填入的"
          lines={ofKind("aside")}
          further={plan.furtherUnplaced}
        />
        <Lines
          title="没有导入的工作表"
          lines={plan.ignored.map((where) => ({
            where,
            message: "不是决算报表，或已隐藏，没有导入。",
          }))}
          open
        />
        <Lines
          title="保持不变的表"
          lines={plan.untouched.map(({ name, why }) => ({ where: name, message: why }))}
        />
        <Lines
          title="读到的账表"
          lines={plan.sheets.map(({ name, what }) => ({ where: name, message: what }))}
        />
        {refused !== undefined && (
          <p className="notice error" role="alert">
            {refused}
          </p>
        )}
      </div>
    </Modal>
  );
}

function originOf({ sheets, compared, lacking }: PlannedTable): string {
  const parts = [
    ...(lacking.length === 0 ? [] : [`没有${lacking.join("、")}`]),
    ...(sheets.length === 0 ? [] : [`取自${sheets.join("、")}`]),
    ...(compared.length === 0 ? [] : [`并与${compared.join("、")}核对`]),
  ];
  return parts.join("，");
}

const isChanging = ({ filled, altered, emptied, codes }: PlannedTable) =>
  filled + altered + emptied + codes.added.length + codes.removed.length > 0;

function summaryOf(tables: readonly PlannedTable[]): string {
  const sum = (of: (table: PlannedTable) => number) =>
    tables.reduce((total, table) => total + of(table), 0);
  const [filled, altered, emptied] = [
    sum((table) => table.filled),
    sum((table) => table.altered),
    sum((table) => table.emptied),
  ];
  if (filled + altered + emptied === 0) return "各数与草稿相同";
  return [
    ...(filled === 0 ? [] : [`新填 ${String(filled)} 个数`]),
    ...(altered === 0 ? [] : [`更改草稿中的 ${String(altered)} 个数`]),
    ...(emptied === 0 ? [] : [`清空草稿中的 ${String(emptied)} 个数`]),
  ].join("，");
}

function doubtsOf({ contradictions, furtherContradictions, unplaced }: AccountsPlanView): string {
  const differing = contradictions.length + furtherContradictions;
  const odd = unplaced.filter(({ kind }) => kind === "check").length;
  const parts = [
    ...(differing === 0 ? [] : [`相互矛盾 ${String(differing)} 项`]),
    ...(odd === 0 ? [] : [`未能放入 ${String(odd)} 项`]),
  ];
  return parts.length === 0 ? "" : `${parts.join("，")}，请先核对。`;
}

function Tables({
  plan,
  edition,
  wanted,
  onChoose,
}: {
  plan: AccountsPlanView;
  edition: Edition | undefined;
  wanted: ReadonlySet<string>;
  onChoose: (id: string, isWanted: boolean) => void;
}) {
  return (
    <section aria-label="各表">
      {plan.tables.map((table) => {
        const total = table.filled + table.altered + table.emptied;
        const counts = [
          ...(table.filled > 0 ? [`新填 ${String(table.filled)}`] : []),
          ...(table.altered > 0 ? [`更改 ${String(table.altered)}`] : []),
          ...(table.emptied > 0 ? [`清空 ${String(table.emptied)}`] : []),
          ...(table.same > 0 ? [`相同 ${String(table.same)}`] : []),
          ...codesText(table.codes),
        ].join("，");
        return (
          <div className="accounts-table" key={table.id}>
            <Checkbox
              checked={wanted.has(table.id)}
              disabled={!isChanging(table)}
              aria-label={`填入${table.name}`}
              onChange={({ target }) => onChoose(table.id, target.checked)}
            />
            <Foldable
              label={
                <>
                  <strong>{table.name}</strong>
                  <span className="accounts-counts">{counts === "" ? "文件中为空" : counts}</span>
                  <span className="quiet">{originOf(table)}</span>
                </>
              }
            >
              <DataTable
                label={`${table.name}的变更`}
                rows={table.changes}
                rowsAtOnce={figuresAtOnce}
                empty={total > 0 ? "变更较多，这里没有逐一列出。" : "没有变更。"}
                keyOf={({ cell }) => cell}
                columns={[
                  { title: "位置", cell: ({ label }) => label },
                  {
                    ...{ title: "草稿", width: 150, align: "right" },
                    cell: ({ cell, before }) => figure(before, cell, edition),
                  },
                  {
                    ...{
                      title: plan.kind === "accounts" ? "账表" : "文件",
                      width: 150,
                      align: "right",
                    },
                    cell: ({ cell, after }) => figure(after, cell, edition),
                  },
                  ...(plan.kind === "accounts" ? [fromColumn] : []),
                ]}
              />
              {total > table.changes.length && table.changes.length > 0 && (
                <p className="quiet">另有 {total - table.changes.length} 处没有逐一列出。</p>
              )}
            </Foldable>
          </div>
        );
      })}
    </section>
  );
}

const fromColumn: Column<PlannedTable["changes"][number]> = {
  ...{ title: "取自", width: 320 },
  cell: ({ from }) => from,
};

/** Codes named at most; the changes below have the rest. */
const codesNamed = 6;

function codesText({ added, removed }: PlannedTable["codes"]): string[] {
  const named = (what: string, codes: readonly string[]) =>
    codes.length === 0
      ? []
      : [
          `${what} ${String(codes.length)} 个（${codes.slice(0, codesNamed).join("、")}${codes.length > codesNamed ? "…" : ""}）`,
        ];
  return [...named("增加科目", added), ...named("删去科目", removed)];
}

const figure = (value: number | undefined, cell: string, edition: Edition | undefined) =>
  value === undefined ? "" : edition && printFigure(value, cell as CellAddress, edition);

import { Link } from "@tanstack/react-router";
import { Checkbox } from "antd";
import type { ConsolidationView } from "../../../shared/contract/responses.ts";
import { exactWan } from "../../../shared/forms/place-name.ts";
import { DataTable } from "../app/data-table.tsx";
import { Nothing } from "../app/placeholders.tsx";
import { Panel } from "./panel.tsx";
import type { Unit } from "./unit-groups.ts";

type Pair = ConsolidationView["pairs"][number];

const matchText = {
  same_code: "科目和金额一致",
  same_amount: "金额一致，科目不同",
  same_sum: "合计一致，分笔列示",
} as const satisfies Record<Pair["match"], string>;

const sideTitle = { payer: "只在支出方列示", payee: "只在收入方列示" } as const;

/** Flows that both sides show, each to be taken off both or left. */
export function Pairs({
  pairs,
  units,
  editable,
  confirmed,
  onConfirm,
}: {
  pairs: readonly Pair[];
  units: readonly Unit[];
  editable: boolean;
  confirmed: ReadonlySet<string>;
  onConfirm: (id: string, isConfirmed: boolean) => void;
}) {
  const end = ({ orgCode, orgName, cell, label }: Pair["payer"]) => (
    <>
      {orgName}：
      <UnitCell units={units} at={{ orgCode, cell, label }} />
    </>
  );
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
          { title: "支出方", cell: ({ payer }) => end(payer) },
          { title: "收入方", cell: ({ payee }) => end(payee) },
          { title: "金额（万元）", align: "right", width: 120, cell: ({ fen }) => exactWan(fen) },
          { title: "依据", width: 150, cell: ({ match }) => matchText[match] },
        ]}
      />
    </Panel>
  );
}

/** What one side shows and the other does not, side beside side, so that a slip in one row meets the eye. */
export function Unmatched({ view: { unmatched, units } }: { view: ConsolidationView }) {
  return (
    <Panel title="未对上的内部往来" count={unmatched.length}>
      {unmatched.length === 0 && <Nothing>没有只在一方列示的往来。</Nothing>}
      {unmatched.length > 0 && (
        <div className="two-sides">
          {(["payer", "payee"] as const).map((side) => (
            <OneSide key={side} side={side} unmatched={unmatched} units={units} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function OneSide({
  side,
  unmatched,
  units,
}: Pick<ConsolidationView, "unmatched" | "units"> & { side: keyof typeof sideTitle }) {
  const flows = unmatched.filter((flow) => flow.side === side);
  return (
    <section aria-label={sideTitle[side]}>
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
          { title: "位置", cell: (flow) => <UnitCell units={units} at={flow} /> },
          { title: "万元", align: "right", width: 100, cell: ({ fen }) => exactWan(fen) },
        ]}
      />
    </section>
  );
}

/** A cell in its unit's own report. */
function UnitCell({
  units,
  at: { orgCode, cell, label },
}: {
  units: readonly Unit[];
  at: { readonly orgCode: string; readonly cell: string; readonly label: string };
}) {
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
}

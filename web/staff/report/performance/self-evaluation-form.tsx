import { percentHundredths, printHundredths } from "../../../../shared/money.ts";
import { boxCharacters } from "../../../../shared/report/section-bounds.ts";
import type { SelfEvaluation } from "../../../../shared/report/sections.ts";
import { dueFundsScore, scoreRounding } from "../../../../shared/report/self-evaluation.ts";
import { withTable } from "../../editing/performance-edit.ts";
import { CountBox, PointsBox, TextBox, WanBox } from "../box-field.tsx";
import { ComputedPoints } from "./computed-points.tsx";
import { GoalRows } from "./goal-rows.tsx";
import { IndicatorTable } from "./indicator-table.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

/** One 自评表 as somebody fills it in. */
export interface TableDesk extends Pick<PerformanceDesk, "disabled" | "field" | "keepUnread"> {
  readonly table: SelfEvaluation;
  /** Its place in the section with slashes. */
  readonly place: string;
  readonly change: (by: (table: SelfEvaluation) => SelfEvaluation) => void;
  readonly changeUndoably: (words: string, by: (table: SelfEvaluation) => SelfEvaluation) => void;
  readonly moveTexts: PerformanceDesk["moveTexts"];
}

const sources = {
  total: "年度资金总额",
  fiscal: "其中：当年财政拨款",
  carriedOver: "上年结转资金",
  other: "其他资金",
} as const;
const columns = { initial: "年初预算数", full: "全年预算数", executed: "全年执行数" } as const;

/** 项目支出绩效自评表 as it is on paper: 项目, 项目资金, 年度总体目标, 绩效指标. */
export function SelfEvaluationForm({
  desk,
  index,
  table,
}: {
  desk: PerformanceDesk;
  index: number;
  table: SelfEvaluation;
}) {
  const place = `selfEvaluations/${String(index)}`;
  const own: TableDesk = {
    ...desk,
    ...{ table, place },
    field: (member) => desk.field(`${place}/${member}`),
    keepUnread: (member, text) => desk.keepUnread(`${place}/${member}`, text),
    change: (by) => desk.update((now) => withTable(now, index, by)),
    changeUndoably: (words, by) => desk.updateUndoably(words, (now) => withTable(now, index, by)),
    moveTexts: (list, placeAfter) => desk.moveTexts(`${place}/${list}`, placeAfter),
  };
  return (
    <div className="paper-form">
      <div className="paper-scroll">
        <table className="paper" aria-label={`${table.project}：资金与目标`}>
          <tbody>
            <HeadRows desk={own} />
            <FundsRows desk={own} />
          </tbody>
          <GoalRows desk={own} />
        </table>
      </div>
      <IndicatorTable desk={own} />
    </div>
  );
}

function HeadRows({ desk }: { desk: TableDesk }) {
  const { table, change, field } = desk;
  const text = (key: "project" | "department" | "unit", label: string) => (
    <TextBox
      {...field(key)}
      label={label}
      text={table[key]}
      most={boxCharacters}
      isRequired={key === "project"}
      onChange={(typed) => change((now) => ({ ...now, [key]: typed }))}
    />
  );
  return (
    <>
      <tr>
        <th scope="row">项目名称</th>
        <td colSpan={4}>{text("project", "项目名称")}</td>
        <th scope="row">年度</th>
        <td>
          <CountBox
            {...field("year")}
            label="年度"
            count={table.year}
            onChange={(year) => year !== undefined && change((now) => ({ ...now, year }))}
          />
        </td>
      </tr>
      <tr>
        <th scope="row">主管部门</th>
        <td colSpan={2}>{text("department", "主管部门")}</td>
        <th scope="row">实施单位</th>
        <td colSpan={3}>{text("unit", "实施单位")}</td>
      </tr>
    </>
  );
}

function FundsRows({ desk }: { desk: TableDesk }) {
  return (
    <>
      <tr>
        <th scope="col">项目资金（万元）</th>
        {Object.values(columns).map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        <th scope="col">分值</th>
        <th scope="col">执行率</th>
        <th scope="col">得分</th>
      </tr>
      {(Object.keys(sources) as (keyof typeof sources)[]).map((source) => (
        <FundsRow key={source} desk={desk} source={source} />
      ))}
    </>
  );
}

type Source = keyof SelfEvaluation["funds"];

function FundsRow({ desk, source }: { desk: TableDesk; source: Source }) {
  const { table, change, field } = desk;
  const funds = table.funds[source];
  const set = (key: keyof typeof columns, fen: number | undefined) =>
    change((now) => ({ ...now, funds: withAmount(now.funds, source, key, fen) }));
  return (
    <tr>
      <th scope="row">{sources[source]}</th>
      {(Object.keys(columns) as (keyof typeof columns)[]).map((key) => (
        <td key={key}>
          <WanBox
            {...field(`funds/${source}/${key}`)}
            label={`${sources[source]}${columns[key]}（万元）`}
            fen={funds?.[key]}
            onChange={(fen) => set(key, fen)}
          />
        </td>
      ))}
      {source === "total" ? (
        <FundsPoints desk={desk} />
      ) : (
        <td className="dash" colSpan={3}>
          —
        </td>
      )}
    </tr>
  );
}

/** 分值 is typed; 执行率 and 得分 follow from the amounts. */
function FundsPoints({ desk: { table, change, field, disabled } }: { desk: TableDesk }) {
  const { full, executed } = table.funds.total;
  const rate =
    full === undefined || executed === undefined ? undefined : percentHundredths(executed, full);
  const due = dueFundsScore(table.fundsWeight, table.funds.total);
  return (
    <>
      <td>
        <PointsBox
          {...field("fundsWeight")}
          label="预算执行率分值"
          points={table.fundsWeight}
          onChange={(fundsWeight) => change((now) => ({ ...now, fundsWeight }))}
        />
      </td>
      <td className="computed">{rate === undefined ? "" : `${printHundredths(rate)}%`}</td>
      <td className="computed">
        <ComputedPoints
          label="预算执行率得分"
          place={field("fundsScore").place}
          stored={table.fundsScore}
          due={due === undefined ? undefined : Math.round(due)}
          tolerance={scoreRounding}
          disabled={disabled}
          onFollow={(fundsScore) => change((now) => ({ ...now, fundsScore }))}
        />
      </td>
    </>
  );
}

/** A source with nothing in it is none. */
function withAmount(
  funds: SelfEvaluation["funds"],
  source: Source,
  key: keyof typeof columns,
  fen: number | undefined,
): SelfEvaluation["funds"] {
  const amounts = { ...funds[source], [key]: fen };
  const isBlank = Object.values(amounts).every((amount) => amount === undefined);
  return { ...funds, [source]: isBlank && source !== "total" ? undefined : amounts };
}

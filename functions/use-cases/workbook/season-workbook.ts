import type { AuditEntry } from "../../../shared/audit/audit-entry.ts";
import { listSheet, type ListColumn } from "../../../shared/forms/list-sheet.ts";
import { reporting } from "../../../shared/progress/days.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import {
  overdueAt,
  progressStates,
  stateOf,
  type Tally,
} from "../../../shared/progress/progress.ts";
import type { SeasonRow } from "../../../shared/progress/season.ts";
import { daysBetween, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { deedName } from "../../../shared/workflow/deeds.ts";
import { stageName } from "../../../shared/workflow/names.ts";
import { roleName } from "../../../shared/workflow/roles.ts";
import { writeWorkbook } from "./write-workbook.ts";

export interface SeasonContent {
  readonly year: number;
  readonly now: string;
  readonly rows: readonly SeasonRow[];
  /** Over the whole region, whatever the rows were looked for by. */
  readonly tally: Tally;
  readonly rules: readonly {
    readonly rule: string;
    readonly title: string;
    readonly now: number;
    readonly met: number;
    readonly departments: number;
  }[];
  /** Returns and approvals, latest first. */
  readonly minutes: readonly AuditEntry[];
  /** What of it is not all, in words. */
  readonly cut: readonly string[];
}

/** A season as a workbook: its nodes, what adds up, rules broken, and returns and approvals (办理纪要). */
export function seasonWorkbook(content: SeasonContent): Promise<Uint8Array> {
  const { year, now, rows, rules, minutes } = content;
  const title = `${String(year)}年度决算`;
  const asOf = `（截至${shanghaiDay(now)}）`;
  return writeWorkbook(
    [
      listSheet(
        { name: "单位进度", title: `${title}单位进度${asOf}`, columns: nodeColumns(now) },
        rows,
      ),
      listSheet(
        { name: "统计", title: `${title}统计${asOf}`, columns: figureColumns },
        figuresOf(content),
      ),
      listSheet(
        { name: "审核规则", title: `${title}常见问题${asOf}`, columns: ruleColumns },
        rules,
      ),
      listSheet(
        { name: "办理纪要", title: `${title}办理纪要${asOf}`, columns: minuteColumns },
        minutes,
      ),
    ],
    `${title}进度`,
  );
}

function nodeColumns(now: string): readonly ListColumn<SeasonRow>[] {
  const today = shanghaiDay(now);
  return [
    { title: "部门代码", width: 10, cell: ({ departmentCode }) => departmentCode },
    { title: "单位代码", width: 12, cell: ({ orgCode }) => orgCode },
    { title: "单位", width: 40, cell: ({ orgName }) => orgName },
    { title: "状态", width: 10, cell: (row) => progressStateName[stateOf(row)] },
    {
      title: "审核级次",
      width: 10,
      cell: ({ report }) => report?.stage && stageName[report.stage],
    },
    { title: "等谁处理", width: 12, cell: ({ turn }) => turn && roleName[turn.role] },
    { title: "期限", width: 12, cell: ({ turn }) => turn?.due },
    { title: "剩余天数", width: 9, cell: ({ turn }) => turn && daysBetween(today, turn.due) },
    { title: "错误", width: 7, cell: ({ notes }) => notes?.check?.errors },
    { title: "警告", width: 7, cell: ({ notes }) => notes?.check?.warnings },
    { title: "未了意见", width: 9, cell: ({ notes }) => notes?.openRemarks },
    { title: "退回", width: 7, cell: ({ course }) => course?.returns },
    { title: "最后办理", width: 12, cell: ({ course }) => course && deedName[course.last.type] },
    { title: "办理人", width: 10, cell: ({ course }) => course?.last.byName },
    { title: "办理日期", width: 12, cell: ({ course }) => course && shanghaiDay(course.last.at) },
  ];
}

interface Figure {
  readonly name: string;
  readonly value: number | string;
}
const figureColumns: readonly ListColumn<Figure>[] = [
  { title: "项目", width: 30, cell: ({ name }) => name },
  { title: "数量", width: 60, cell: ({ value }) => value },
];
const figuresOf = ({ tally, now, cut }: SeasonContent): readonly Figure[] => [
  { name: "应报单位", value: reporting(tally.counts) },
  ...progressStates.map((state) => ({
    ...{ name: progressStateName[state], value: tally.counts[state] ?? 0 },
  })),
  { name: "已逾期", value: overdueAt(tally, now) },
  ...cut.map((value) => ({ name: "说明", value })),
];

const ruleColumns: readonly ListColumn<SeasonContent["rules"][number]>[] = [
  { title: "规则", width: 8, cell: ({ rule }) => rule },
  { title: "要求", width: 70, cell: ({ title }) => title },
  { title: "现不符合（份）", width: 14, cell: ({ now }) => now },
  { title: "曾不符合（份）", width: 14, cell: ({ met }) => met },
  { title: "涉及部门", width: 10, cell: ({ departments }) => departments },
];

const minuteColumns: readonly ListColumn<AuditEntry>[] = [
  { title: "日期", width: 12, cell: ({ at }) => shanghaiDay(at) },
  { title: "单位代码", width: 12, cell: ({ orgCode }) => orgCode },
  { title: "单位", width: 40, cell: ({ about }) => about },
  { title: "办理人", width: 10, cell: ({ byName }) => byName },
  { title: "内容", width: 80, cell: ({ deed }) => deed },
];

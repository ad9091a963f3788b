import { all, eachColumn, firstThatFits } from "../relations/combine.ts";
import { equal, notAbove } from "../relations/compare.ts";
import { averageWithin, demands, noNegatives, together } from "../relations/filled.ts";
import { cell, cells } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";

const final = (row: string) => cell("t09", row, "final");
const columns = ["initial", "full", "final"] as const;
const costRows = [
  "total",
  "abroad",
  "vehicles",
  "vehicle_purchase",
  "vehicle_running",
  "reception",
] as const;

const fenAWan = 1_000_000;

/** Averages that are usually not exceeded, in 万元: wide enough that what exceeds them is mostly a slip. */
const usualAverages = [
  ["R094", "reception_domestic", "domestic_persons", 0.1, "国内接待费平均每人次"],
  ["R095", "vehicle_purchase", "vehicles_bought", 50, "公务用车购置费平均每辆"],
  ["R096", "vehicle_running", "vehicles_kept", 15, "公务用车运行维护费平均每辆"],
  ["R097", "abroad", "abroad_persons", 15, "因公出国（境）费平均每人次"],
] as const;

const withinBudget = (budget: "full" | "initial") =>
  all(...costRows.map((row) => notAbove(final(row), cell("t09", row, budget))));

/** 公开09表 “三公”经费 and 公开10表 国有资产占用情况. */
export const t09t10Rules: readonly Rule[] = [
  {
    id: "R080",
    statement:
      "公开09表各栏：“三公”经费支出 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费",
    severity: "error",
    cells: eachColumn(columns, (column) =>
      equal(
        cell("t09", "total", column),
        cells("t09", ["abroad", "vehicles", "reception"], column),
      ),
    ),
  },
  {
    id: "R081",
    statement: "公开09表各栏：公务用车购置及运行维护费 = 公务用车购置费 + 公务用车运行维护费",
    severity: "error",
    cells: eachColumn(columns, (column) =>
      equal(
        cell("t09", "vehicles", column),
        cells("t09", ["vehicle_purchase", "vehicle_running"], column),
      ),
    ),
  },
  {
    id: "R082",
    statement: "公开09表：公务接待费 = 国内接待费 + 国（境）外接待费",
    severity: "error",
    cells: equal(
      final("reception"),
      cells("t09", ["reception_domestic", "reception_overseas"], "final"),
    ),
  },
  {
    id: "R083",
    statement: "公开09表：其中外事接待费、外事接待批次、外事接待人次不超过国内接待费、批次、人次",
    severity: "error",
    cells: all(
      notAbove(final("reception_domestic_foreign"), final("reception_domestic")),
      notAbove(final("domestic_batches_foreign"), final("domestic_batches")),
      notAbove(final("domestic_persons_foreign"), final("domestic_persons")),
    ),
  },
  {
    id: "R084",
    statement: "公开09表：有因公出国（境）费即有团组数和人次数，人次数不少于团组数",
    severity: "warning",
    cells: all(
      together(final("abroad"), final("abroad_groups"), final("abroad_persons")),
      notAbove(final("abroad_groups"), final("abroad_persons")),
    ),
  },
  {
    id: "R085",
    statement: "公开09表：有公务用车购置费即有公务用车购置数",
    severity: "warning",
    cells: together(final("vehicle_purchase"), final("vehicles_bought")),
  },
  {
    id: "R086",
    statement: "公开09表：有公务接待费即有接待批次和人次，人次不少于批次",
    severity: "warning",
    cells: all(
      together(final("reception_domestic"), final("domestic_batches"), final("domestic_persons")),
      notAbove(final("domestic_batches"), final("domestic_persons")),
      together(final("reception_overseas"), final("overseas_batches"), final("overseas_persons")),
      notAbove(final("overseas_batches"), final("overseas_persons")),
    ),
  },
  {
    id: "R087",
    statement: "公开09表：有公务用车运行维护费而无公务用车保有量的须说明",
    severity: "warning",
    cells: demands(final("vehicle_running"), final("vehicles_kept")),
  },
  {
    id: "R088",
    statement: "公开09表：“三公”经费各项决算数不超过全年预算数",
    basis: "“三公”经费支出决算表注：预算数、决算数的口径",
    severity: "warning",
    cells: firstThatFits(withinBudget("full"), withinBudget("initial")),
  },
  {
    id: "R092",
    statement: "公开09表：“三公”经费全年预算数一般不超过年初预算数",
    basis: "“三公”经费支出决算表注：预算数、决算数的口径",
    severity: "hint",
    cells: notAbove(cell("t09", "total", "full"), cell("t09", "total", "initial")),
  },
  {
    id: "R093",
    statement: "公开09表：有外事接待费即有外事接待批次和人次，人次不少于批次",
    severity: "warning",
    cells: all(
      together(
        final("reception_domestic_foreign"),
        final("domestic_batches_foreign"),
        final("domestic_persons_foreign"),
      ),
      notAbove(final("domestic_batches_foreign"), final("domestic_persons_foreign")),
    ),
  },
  ...usualAverages.map(([id, cost, count, wan, what]): Rule => ({
    id,
    statement: `公开09表：${what}一般不超过${String(wan)}万元，超过的请核对金额单位和数量`,
    severity: "hint",
    cells: averageWithin(final(cost), final(count), wan * fenAWan),
  })),
  {
    id: "R099",
    statement: "公开09表：有公务用车保有量的，一般有公务用车运行维护费",
    severity: "hint",
    cells: demands(final("vehicles_kept"), final("vehicle_running")),
  },
  {
    id: "R090",
    statement: "公开10表：车辆数合计 = 各类用车之和，各数均为非负整数",
    basis: "国有资产占用情况表注",
    severity: "error",
    cells: all(
      equal(
        cell("t10", "vehicles_total", "final"),
        cells(
          "t10",
          [
            "minister_cars",
            "leader_cars",
            "confidential_cars",
            "emergency_cars",
            "enforcement_cars",
            "special_cars",
            "retired_cars",
            "other_cars",
          ],
          "final",
        ),
      ),
      noNegatives("count", "t10"),
    ),
  },
  {
    id: "R185",
    statement: "公开09表：公务用车购置数一般不超过年末公务用车保有量",
    severity: "hint",
    cells: notAbove(final("vehicles_bought"), final("vehicles_kept")),
  },
  {
    id: "R091",
    statement: "公开09表：相关统计数均为非负整数",
    severity: "error",
    cells: noNegatives("count", "t09"),
  },
];

import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import { cellValue, type Report } from "./report.ts";
import type { Facts } from "./sections.ts";

/** What a figure of 基本情况 may reach and not exceed, by the rules that judge it; `tests/shared/report/fact-limits.test.ts` holds the two together. */

interface FactLimit {
  /** Path in the facts. */
  readonly place: string;
  /** What it may not exceed, in the words of the form. */
  readonly name: string;
  readonly whole: (report: Report) => number | undefined;
}

const cell = (address: CellAddress) => {
  const ref = parseCellAddress(address);
  return (report: Report): number | undefined => ref && cellValue(report.sections, ref);
};

type Procurement = NonNullable<Facts["procurement"]>;
const bought =
  (...kinds: readonly (keyof Omit<Procurement, "reserved">)[]) =>
  ({ sections }: Report): number | undefined => {
    const { procurement } = sections.facts;
    return procurement && kinds.reduce((sum, kind) => sum + procurement[kind], 0);
  };

export const factLimits: readonly FactLimit[] = [
  {
    ...{ place: "operatingCost.current", name: "基本支出公用经费" },
    whole: cell("t06/public_total/final"),
  },
  {
    ...{ place: "procurement.sme", name: "政府采购支出总额" },
    whole: bought("goods", "works", "services"),
  },
  { place: "procurement.micro", name: "授予中小企业合同金额", whole: bought("sme") },
  { place: "procurement.smeGoods", name: "货物支出", whole: bought("goods") },
  { place: "procurement.smeWorks", name: "工程支出", whole: bought("works") },
  { place: "procurement.smeServices", name: "服务支出", whole: bought("services") },
];

/** The limit of a figure with the report's other figures; undefined where there is none yet. */
export function limitAt(
  report: Report,
  place: string,
): { readonly most: number; readonly name: string } | undefined {
  const limit = factLimits.find((one) => one.place === place);
  const most = limit?.whole(report);
  return limit === undefined || most === undefined ? undefined : { most, name: limit.name };
}

import { catalogueOf, type CatalogueEntry, type Scope } from "./catalogue.ts";
import type { Severity } from "../../../shared/checks/finding.ts";
import { severityName } from "../../../shared/checks/names.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { TableId } from "../../../shared/forms/form.ts";

/** `docs/rules.md`: every rule of the catalogue, a table a family. */

const catalogue = catalogueOf(shippedEditions.all);

const command = "npx vitest run tests/shared/checks/rules-document.test.ts -u";

interface Family {
  readonly title: string;
  readonly about: string;
  readonly has: (entry: CatalogueEntry) => boolean;
}

const scope =
  (of: Scope) =>
  ({ scopes }: CatalogueEntry): boolean =>
    scopes[0] === of;

const tables =
  (...ids: readonly TableId[]) =>
  (entry: CatalogueEntry): boolean =>
    scope("table")(entry) && entry.tables.every((table) => ids.includes(table));

const isPersonal = ({ id }: CatalogueEntry): boolean => id.startsWith("P");

const families: readonly Family[] = [
  {
    title: "表式、科目和数据",
    about: "表不成表、科目不成科目的，先于一切计算。",
    has: scope("form"),
  },
  {
    title: "收入支出决算总表（公开01表）",
    about: "部门全部收支的总平衡。",
    has: tables("t01"),
  },
  {
    title: "收入决算表、支出决算表（公开02表、公开03表）",
    about: "每个科目的收入来源和支出性质。",
    has: tables("t02", "t03"),
  },
  {
    title: "财政拨款收入支出决算总表（公开04表）",
    about: "三项预算的财政拨款，各自平衡，合计平衡。",
    has: tables("t04"),
  },
  {
    title: "三项预算的支出表（公开05表至公开08表）",
    about: "一般公共预算、政府性基金预算、国有资本经营预算，以及基本支出的经济分类。",
    has: tables("t05", "t06", "t07", "t08"),
  },
  {
    title: "“三公”经费和国有资产（公开09表、公开10表）",
    about: "金额与团组、人次、批次、车辆相互印证。",
    has: tables("t09", "t10"),
  },
  {
    title: "表与表之间",
    about: "同一笔钱在几张表里，数字相同，部分不超过整体。",
    has: scope("between_tables"),
  },
  {
    title: "本年与上年",
    about: "年初接上年年末；上年数自身也要站得住。",
    has: scope("years"),
  },
  {
    title: "部门与所属单位",
    about: "部门数＝所属单位之和＋调整表。",
    has: scope("units"),
  },
  {
    title: "文字说明",
    about:
      "读正文里的金额、增减、百分比、数量和用词；有报表时与报表核对，没有报表时与正文自身核对。",
    has: scope("text"),
  },
  {
    title: "基本情况、绩效和附件",
    about: "报表以外填写的数据。",
    has: (entry) => scope("sections")(entry) && !isPersonal(entry),
  },
  {
    title: "个人信息",
    about: "公开之前，查找不得公开的个人信息。",
    has: isPersonal,
  },
];

const toleranceName = {
  rounding: "尾差",
  ratio: "末位",
  exact: "须相等",
  none: "—",
} as const satisfies Record<CatalogueEntry["tolerance"], string>;

const order = ["F", "R", "S", "W", "P"];
const place = ({ id }: CatalogueEntry): number =>
  order.indexOf(id.charAt(0)) * 10_000 + Number(id.slice(1));

const countOf = (entries: readonly CatalogueEntry[], severity: Severity): number =>
  entries.filter((entry) => entry.severity === severity).length;

export function rulesDocument(): string {
  const placed = new Map(
    families.map((family) => [
      family,
      catalogue
        .filter((entry) => families.find(({ has }) => has(entry)) === family)
        .toSorted((a, b) => place(a) - place(b)),
    ]),
  );
  const homeless = catalogue.filter((entry) => !families.some(({ has }) => has(entry)));
  if (homeless.length > 0) throw new Error(`No family has ${homeless[0]?.id ?? ""}.`);
  const severities = ["error", "warning", "hint"] as const;
  return [
    `<!-- Generated from the rules in shared/checks; after a change of rules: ${command} -->`,
    "",
    "# 审核规则",
    "",
    `Every rule a report is checked by, ${String(catalogue.length)} in all, as the program itself knows them. Statutory words stay Chinese; \`docs/glossary.md\` has the English ones.`,
    "",
    `共 ${String(catalogue.length)} 条。**${severityName.error}**不改正不能上报；**${severityName.warning}**要改正或填写说明；**${severityName.hint}**供核对，不影响上报。`,
    "",
    "容差：**尾差**——以元录入的须相等；以万元录入的，每个数各自四舍五入到 0.01 万元，相差在各数的尾差之内（不为零的数每两个 0.01 万元，部门汇总按所属单位数放宽）只在每张表提示一次。**末位**——百分比、平均数等按保留的末位比较。**须相等**——人数、辆数、分值等没有尾差。**—**——不涉及计算。",
    "",
    `依据一栏为“${layout}”“${arithmetic}”的，是报表自身的格式和合计、衔接关系；为“${cross}”的，是填报内容之间相互核对。`,
    "",
    ...table([
      ["类别", "条数", ...severities.map((severity) => severityName[severity])],
      ...[...placed].map(([{ title }, entries]) => [
        title,
        String(entries.length),
        ...severities.map((severity) => String(countOf(entries, severity))),
      ]),
      [
        "合计",
        String(catalogue.length),
        ...severities.map((severity) => String(countOf(catalogue, severity))),
      ],
    ]),
    ...[...placed].flatMap(([{ title, about }, entries]) => [
      "",
      `## ${title}`,
      "",
      `${about}共 ${String(entries.length)} 条。`,
      "",
      ...table([
        ["编号", "内容", "级别", "容差", "依据", "适用"],
        ...entries.map((entry) => [
          entry.id,
          entry.statement,
          severityName[entry.severity],
          toleranceName[entry.tolerance],
          entry.basis ?? ownBasis(entry),
          appliesTo(entry),
        ]),
      ]),
    ]),
    "",
    "## 发现的写法",
    "",
    "每项发现写明所在的表、行、栏或引文，填列的数、应有的数、差额，以及怎样改。花括号里的内容按报告填写。",
    "",
    ...table([
      ["写法", "规则"],
      ...[...messages()].map(([message, ids]) => [message, listed(ids)]),
    ]),
    "",
  ].join("\n");
}

const arithmetic = "报表勾稽关系";
const layout = "报表格式";
const cross = "相互核对";

/** What a rule rests on that no law or 文号 names. */
const ownBasis = (entry: CatalogueEntry): string =>
  scope("form")(entry) ? layout : entry.tables.length > 0 ? arithmetic : cross;

function appliesTo({ editions: ids, years, scopes }: CatalogueEntry): string {
  const { from, to } = years ?? {};
  return [
    editionsInWords(ids),
    ...(from === undefined ? [] : [`${String(from)}年度起`]),
    ...(to === undefined ? [] : [`至${String(to)}年度`]),
    ...(scopes.length > 1 ? [`亦核对${scopes.slice(1).map(alsoRead).join("、")}`] : []),
  ].join("，");
}

/** By those that are fewer: the ones a rule is for, or the ones it is not for. */
function editionsInWords(ids: readonly string[]): string {
  const [own, others] = [true, false].map((isOwn) =>
    shippedEditions.listed.filter(({ id }) => ids.includes(id) === isOwn),
  );
  if (others === undefined || others.length === 0) return "各版式";
  return own !== undefined && own.length <= others.length
    ? byRegion(own)
    : `各版式（${byRegion(others)}除外）`;
}

/** 上海市2024、2025. */
function byRegion(editions: readonly { readonly name: string; readonly year: number }[]): string {
  const years = new Map<string, number[]>();
  for (const { name, year } of editions) {
    const region = name.replace(/\d{4}年度.*$/u, "");
    years.set(region, [...(years.get(region) ?? []), year]);
  }
  return [...years].map(([region, all]) => `${region}${all.join("、")}`).join("、");
}

const alsoRead = (of: Scope): string => (of === "text" ? "正文" : "填报数据");

function messages(): ReadonlyMap<string, readonly string[]> {
  const byMessage = new Map<string, string[]>();
  for (const { id, messages: all } of catalogue) {
    for (const message of all) byMessage.set(message, [...(byMessage.get(message) ?? []), id]);
  }
  return byMessage;
}

/** Ids in a row, or how many there are when they are too many to read. */
const listed = (ids: readonly string[]): string =>
  ids.length <= 12 ? ids.join("、") : `${ids.slice(0, 3).join("、")} 等 ${String(ids.length)} 条`;

function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

import { cellName } from "../forms/place-name.ts";
import type { Report } from "../report/report.ts";
import { assertNever } from "../result.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { factAt } from "./sources.ts";

/** A figure's source in words: 公开01表 第31行 总计, 2021年…, …占…的比重. */
export function sourceName(source: FigureSource, report: Report): string {
  const priorYear = `${report.identity.year - 1}年`;
  const name = (of: FigureSource) => sourceName(of, report);
  switch (source.kind) {
    case "cell":
      return cellName(source.cell, report.edition);
    case "prior":
      return `${priorYear}${cellName(source.cell, report.edition)}`;
    case "fact":
      return factName(source.path, report);
    case "sum":
      return sumName(source, name);
    case "difference":
    case "rate": {
      const what = source.kind === "rate" ? "增减率" : "增减额";
      const against =
        source.base.kind === "prior"
          ? priorYear
          : source.base.kind === "fact" && source.base.path.startsWith("facts.initialBudget")
            ? "年初预算数"
            : name(source.base);
      return `${name(source.current)}较${against}${what}`;
    }
    case "share":
      return `${name(source.part)}占${name(source.whole)}的比重`;
    case "completion":
      return `${name(source.final)}完成${name(source.budget)}的比例`;
    case "count":
      return `${listName(source.path)}数${source.grade === undefined ? "" : `（${source.grade}）`}`;
    case "mean":
      return `${listName(source.path)}平均得分`;
    case "grade":
      return `${name(source.of)}的等级`;
    default:
      return assertNever(source);
  }
}

const mostTermsNamed = 2;

function sumName(
  { of, less = [] }: Extract<FigureSource, { kind: "sum" }>,
  name: (source: FigureSource) => string,
): string {
  const [first, ...others] = of;
  if (first === undefined) return "合计";
  const added =
    of.length <= mostTermsNamed
      ? [first, ...others].map(name).join("与")
      : `${name(first)}等${of.length}项`;
  return `${added}${others.length > 0 ? "之和" : ""}${less.length > 0 ? "减去其他预算" : ""}`;
}

const listName = (path: string): string =>
  path === "facts.units" ? "纳入决算编制范围的单位" : "绩效自评项目";

/** Facts by their path, longest first where one begins another. */
export const factNames: { readonly [path: string]: string } = {
  "facts.people.active": "在职人员",
  "facts.people.retiredCadres": "离休人员",
  "facts.people.retired": "退休人员",
  "facts.people.others": "年末其他人员",
  "facts.people.students": "年末学生人数",
  "facts.people.pensioned": "由养老保险基金发放养老金的离退休人员",
  "facts.initialBudget.total": "年初预算总额",
  "facts.operatingCost.current": "机关运行经费支出",
  "facts.operatingCost.prior": "上年机关运行经费支出",
  "facts.procurement.goods": "政府采购货物支出",
  "facts.procurement.works": "政府采购工程支出",
  "facts.procurement.services": "政府采购服务支出",
  "facts.procurement.sme": "授予中小企业合同金额",
  "facts.procurement.micro": "授予小微企业合同金额",
  "facts.procurement.smeGoods": "货物采购授予中小企业合同金额",
  "facts.procurement.smeWorks": "工程采购授予中小企业合同金额",
  "facts.procurement.smeServices": "服务采购授予中小企业合同金额",
  "facts.procurement.reserved.sme": "面向中小企业预留采购预算",
  "facts.procurement.reserved.micro": "面向小微企业预留采购预算",
  "facts.procurement.reserved.smeAwarded": "预留项目由中小企业成交金额",
  "facts.procurement.reserved.microAwarded": "预留项目由小微企业成交金额",
  "facts.procurement.reserved.openToSmeAwarded": "其他项目由中小企业成交金额",
  "facts.otherVehicleUse": "其他用车的用途",
  "facts.supervisionNumber": "监督索引号",
  "performance.amounts.total": "自评项目涉及资金",
  "performance.amounts.general": "自评项目一般公共预算支出",
  "performance.amounts.fund": "自评项目政府性基金预算支出",
  "performance.amounts.capital": "自评项目国有资本经营预算支出",
  "performance.overall.score": "整体支出绩效得分",
  "performance.overall.general": "整体评价涉及一般公共预算支出",
  "performance.overall.fund": "整体评价涉及政府性基金预算支出",
  "performance.management.goals.projects": "编报绩效目标的项目数",
  "performance.management.goals.amount": "编报绩效目标涉及预算金额",
  "performance.management.tracking.projects": "绩效跟踪的项目数",
  "performance.management.tracking.amount": "绩效跟踪涉及预算金额",
  "performance.management.problems.found": "发现问题数",
  "performance.management.problems.mended": "完成整改的问题数",
  "performance.management.problems.mending": "正在整改的问题数",
  "performance.evaluation.project": "部门评价的项目",
  "performance.evaluation.score": "部门评价得分",
};

function factName(path: string, report: Report): string {
  const [, code] = /^facts\.initialBudget\.byCode\.(\d+)$/u.exec(path) ?? [];
  if (code !== undefined) {
    return `年初预算 ${code} ${report.edition.functionCodes.get(code) ?? ""}`.trimEnd();
  }
  const [, index, member] = /^performance\.projects\.(\d+)\.(\w+)$/u.exec(path) ?? [];
  if (index !== undefined) {
    const project = factAt(report, `performance.projects.${index}.name`);
    const called =
      typeof project === "string" ? `“${project}”` : `第${Number(index) + 1}个自评项目`;
    return `${called}${member === "score" ? "自评得分" : member === "amount" ? "金额" : ""}`;
  }
  return factNames[path] ?? (path.startsWith("facts.") ? "基本情况" : "预算绩效");
}

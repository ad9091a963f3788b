import { gradeOf } from "../../../narrative/figures.ts";
import {
  projectName,
  readEvaluations,
  readProjects,
  readSelfEvaluation,
  type EvaluationReport,
  type IndicatorRow,
  type SelfEvaluation,
} from "../../../narrative/read/evaluation.ts";
import { isBlock } from "../../../narrative/read/flow.ts";
import { printHundredths } from "../../../money.ts";
import { quoteAt, type TextFault } from "../text-finding.ts";
import type { TextContext, TextRule } from "../text-rule.ts";

const points = (value: number): string =>
  printHundredths(Math.round(value * 100 + 1e-6), { trim: true });
const isNear = (a: number, b: number, reach = 0.0051) => Math.abs(a - b) <= reach;

interface Read {
  readonly context: TextContext;
  readonly evaluations: readonly EvaluationReport[];
  readonly tables: readonly SelfEvaluation[];
}

/** Read once for all rules. */
const readings = new WeakMap<TextContext, Read>();

function read(context: TextContext): Read {
  const known = readings.get(context);
  if (known !== undefined) return known;
  const { parts } = context.text.flow;
  const reading = {
    context,
    evaluations: readEvaluations(parts),
    tables: parts.flatMap((part) =>
      !isBlock(part) && part.title.includes("自评表") ? [readSelfEvaluation(part)] : [],
    ),
  };
  readings.set(context, reading);
  return reading;
}

const blocksOf = ({ text }: TextContext) =>
  text.blocks.filter(({ chapter }) => chapter === "performance").map(({ block }) => block);

function wrongProjects(context: TextContext): TextFault[] {
  const blocks = blocksOf(context);
  const projects = readProjects(blocks);
  const count = projects.length;
  if (count < 2) return [];
  const mean = projects.reduce((sum, { score }) => sum + score, 0) / count;
  const told = new Set<number>();
  return blocks.flatMap((block): TextFault[] => {
    const counts = [
      ...block.text.matchAll(
        /(?:二级)?项目(\d+)个(?=全面|开展|进行)|对(?:\d{4}年度)?(\d+)个(?:二级)?项目(?=开展|进行)|(?<=范围的)(\d+)个(?:二级)?项目(?=开展)|(?<!\d)(\d+)个项目(?=具体得分|绩效自评平均)/gu,
      ),
    ];
    const isOfList =
      /\d个(?:二级)?项目/u.test(block.text) && !/部门评价|整体支出绩效/u.test(block.text);
    const means = [
      ...block.text.matchAll(/平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu),
      ...(isOfList ? block.text.matchAll(/(?<!绩效)评价得分(?:为)?(\d+(?:\.\d+)?)分/gu) : []),
    ];
    return [
      ...counts.flatMap((match): TextFault[] => {
        const said = Number(match.slice(1).find(Boolean));
        if (said === count || told.has(said)) return [];
        told.add(said);
        return [
          {
            ...quoteAt(block, match.index),
            // A list of the main projects only may be meant.
            ...(said > count ? { severity: "warning" as const } : {}),
            actual: `${said}个`,
            expected: `${count}个`,
            what: `写${said}个项目，后面列出得分的是${count}个`,
            mend: "补列缺少的项目，或改正项目数",
          },
        ];
      }),
      ...means.flatMap((match): TextFault[] => {
        const printed = match[1] ?? "";
        if (told.size > 0 || isNear(Number(printed), mean, 0.0101)) return [];
        return [
          {
            ...quoteAt(block, match.index),
            actual: `${printed}分`,
            expected: `${points(mean)}分`,
            what: `平均分${printed}分不对，${count}个项目得分之和${points(mean * count)}÷${count}＝${points(mean)}`,
            mend: `改为${points(mean)}分，或核对各项目得分`,
          },
        ];
      }),
    ];
  });
}

/** 其中评级为“优”的项目4个 …: the grades add up to the projects. */
function wrongGrades(context: TextContext): TextFault[] {
  return blocksOf(context).flatMap((block): TextFault[] => {
    const total = /绩效自评的(?:\d{4}年度)?项目(\d+)个|(?<=年度)(\d+)个项目绩效自评/u.exec(
      block.text,
    );
    const grades = [
      ...block.text.matchAll(/(?:评级|等级)为“?(?:优|良|中|差|合格|不合格)”?的项目(\d+)个/gu),
    ];
    if (total === null || grades.length === 0) return [];
    const told = Number(total[1] ?? total[2]);
    const sum = grades.reduce((all, [, count]) => all + Number(count), 0);
    // Grades that nobody got need not be told, nor the rest where only the best is.
    if (sum === told || (sum < told && grades.length < 4)) return [];
    return [
      {
        ...quoteAt(block, total.index),
        actual: `${told}个`,
        expected: `${sum}个`,
        what: `各评级的项目共${sum}个，与自评项目${told}个不等`,
        mend: "核对各评级的项目数",
      },
    ];
  });
}

/** 部门整体支出 may not involve more 一般公共预算 money than was appropriated. */
function tooMuchOverall({ text, said }: TextContext): TextFault[] {
  const limit = said("general_expense") ?? said("fiscal_expense");
  if (limit === undefined) return [];
  return text.statements.flatMap(({ chapter, subject, amount, block }): TextFault[] => {
    if (chapter !== "performance" || amount === undefined || !subject.endsWith("一般公共预算支出"))
      return [];
    if (amount.value <= limit.figure.value + 10_000) return [];
    const all =
      said("expense_total")?.figure.value === amount.value
        ? "（这是本年支出合计，含各类资金）"
        : "";
    return [
      {
        ...quoteAt(block, amount.start),
        actual: amount.text,
        expected: `不超过${limit.figure.text}`,
        what: `一般公共预算支出${amount.text}超过${limit.statement.subject}${limit.figure.text}${all}`,
        mend: "改为一般公共预算财政拨款支出数",
      },
    ];
  });
}

/** A project below 80 points beside 各项目均达到预期目标. */
function contradicted(context: TextContext): TextFault[] {
  const blocks = blocksOf(context);
  const worst = readProjects(blocks).filter(({ score }) => score < 80)[0];
  if (worst === undefined) return [];
  return blocks.flatMap((block): TextFault[] => {
    const match =
      /全部按时按质按量完成|(?:各|所有|全部)项目均(?:已)?(?:达到|完成)|全部达到(?:预期)?(?:绩效)?目标/u.exec(
        block.text,
      );
    if (match === null) return [];
    return [
      {
        ...quoteAt(block, match.index),
        severity: "warning",
        actual: match[0],
        what: `“${match[0]}”与${worst.name}自评得分${points(worst.score)}分（${gradeOf(Math.round(worst.score * 100))}）矛盾`,
        mend: "按实际完成情况改写，并说明未完成的原因",
      },
    ];
  });
}

/** 自评 and 部门评价 of one project. */
function twoScores({ context, evaluations }: Read): TextFault[] {
  const projects = readProjects(blocksOf(context));
  return evaluations.flatMap(({ project, score }): TextFault[] => {
    const same = projects.find(({ name }) => name === project);
    if (same === undefined || score === undefined || isNear(same.score, score.value)) return [];
    return [
      {
        ...quoteAt(score.block, score.at),
        severity: "warning",
        actual: `${points(score.value)}分`,
        expected: `${points(same.score)}分`,
        what: `${project}部门评价${points(score.value)}分，单位自评${points(same.score)}分，相差${points(Math.abs(score.value - same.score))}分，没有说明`,
        mend: "说明两次评价得分不同的原因",
      },
    ];
  });
}

function wrongEvaluation({ evaluations }: Read): TextFault[] {
  return evaluations.flatMap(({ dimensions, score, grade }): TextFault[] => {
    const faults: TextFault[] = dimensions.flatMap(
      ({ block, at, name, weight, score: got, rate }): TextFault[] => {
        if (rate === undefined || weight === 0) return [];
        const right = (got / weight) * 100;
        if (isNear(rate.value, right, 10 ** -rate.decimals * 1.01)) return [];
        return [
          {
            ...quoteAt(block, at),
            actual: rate.text,
            expected: `${points(right)}%`,
            what: `${name}得分率${rate.text}不对，应为${points(right)}%（${points(got)}÷${points(weight)}）`,
            mend: `改为${points(right)}%，或核对得分`,
          },
        ];
      },
    );
    const weights = dimensions.reduce((sum, { weight }) => sum + weight, 0);
    const total = dimensions.reduce((sum, one) => sum + one.score, 0);
    if (score !== undefined && weights === 100 && !isNear(total, score.value)) {
      faults.push({
        ...quoteAt(score.block, score.at),
        actual: `${points(score.value)}分`,
        expected: `${points(total)}分`,
        what: `评价得分${points(score.value)}分与各部分得分之和${points(total)}分（${dimensions.map((one) => points(one.score)).join("+")}）不等`,
        mend: "核对各部分得分与总得分",
      });
    }
    if (score !== undefined && grade !== undefined) {
      const right = gradeOf(Math.round(score.value * 100));
      const isOther =
        grade.word !== right &&
        !(grade.word === "合格" && right === "中") &&
        !(grade.word === "不合格" && right === "差");
      if (isOther) {
        faults.push({
          ...quoteAt(grade.block, grade.at),
          actual: grade.word,
          expected: right,
          what: `评价得分${points(score.value)}分的等级应为“${right}”，此处写“${grade.word}”`,
          mend: `改为“${right}”，或核对得分`,
        });
      }
    }
    return faults;
  });
}

const atRow = ({ source }: Pick<IndicatorRow, "source">) => ({
  quote: source.text,
  line: source.line,
});

/** All rows of a table were read when its weights or its scores add up to what it says. */
function sums({ rows, funds }: SelfEvaluation) {
  const weight = rows.reduce((sum, row) => sum + row.weight, funds?.weight ?? 0);
  const score = rows.reduce((sum, row) => sum + row.score, funds?.score ?? 0);
  return { weight, score };
}

function wrongWeights({ tables }: Read): TextFault[] {
  return tables.flatMap((table): TextFault[] => {
    const { total } = table;
    const { weight, score } = sums(table);
    if (total === undefined || !isNear(score, total.score) || isNear(weight, 100)) return [];
    return [
      {
        quote: total.source.text,
        line: total.source.line,
        actual: points(weight),
        expected: "100",
        what: `各指标分值之和为${points(weight)}，应为100`,
        mend: "核对各指标的分值",
      },
    ];
  });
}

function wrongTotals({ tables }: Read): TextFault[] {
  return tables.flatMap((table): TextFault[] => {
    const { total } = table;
    const { weight, score } = sums(table);
    if (total === undefined || !isNear(weight, 100) || isNear(score, total.score)) return [];
    return [
      {
        quote: total.source.text,
        line: total.source.line,
        actual: points(total.score),
        expected: points(score),
        what: `总分${points(total.score)}与各项得分之和${points(score)}不等`,
        mend: `改为${points(score)}，或核对各项得分`,
      },
    ];
  });
}

const overfull = ({ tables }: Read): TextFault[] =>
  tables.flatMap(({ rows }) =>
    rows
      .filter(({ weight, score }) => score > weight + 0.001)
      .map((row): TextFault => ({
        ...atRow(row),
        actual: points(row.score),
        expected: `不超过${points(row.weight)}`,
        what: `${row.name}得分${points(row.score)}超过分值${points(row.weight)}`,
        mend: "得分不得超过分值上限",
      })),
  );

function wrongExecution({ tables }: Read): TextFault[] {
  return tables.flatMap(({ funds, rows }): TextFault[] => {
    if (funds === undefined || funds.full === 0) return [];
    const rate = (funds.executed / funds.full) * 100;
    const money = `${funds.executed}÷${funds.full}`;
    const at = { quote: funds.source.text, line: funds.source.line };
    const faults: TextFault[] = [];
    if (!isNear(funds.rate, rate, 0.06)) {
      faults.push({
        ...at,
        actual: `${funds.rate}%`,
        expected: `${points(rate)}%`,
        what: `执行率${funds.rate}%不对，应为${points(rate)}%（${money}）`,
        mend: "按全年执行数÷全年预算数重新计算",
      });
    }
    const due = funds.weight * Math.min(1, rate / 100);
    if (!isNear(funds.score, due, 0.06)) {
      faults.push({
        ...at,
        actual: points(funds.score),
        expected: points(due),
        what: `预算执行得分${points(funds.score)}不对，应为${points(due)}（${points(funds.weight)}×执行率）`,
        mend: "按分值×执行率重新计算，不超过分值",
      });
    }
    for (const row of rows.filter(({ name }) => /成本(?:控制|节约)率$/u.test(name))) {
      const printed = /^(\d+(?:\.\d+)?)%$/u.exec(row.actual)?.[1];
      const right = 100 - rate;
      if (printed === undefined || isNear(Number(printed), right, 0.051)) continue;
      faults.push({
        ...atRow(row),
        severity: "warning",
        actual: row.actual,
        expected: `${printHundredths(Math.round(right * 10) * 10, { trim: true })}%`,
        what: `${row.name}${row.actual}与资金不符：（${funds.full}−${funds.executed}）÷${funds.full}＝${points(right)}%`,
        mend: "按资金执行情况重新计算",
      });
    }
    return faults;
  });
}

const fundColumns = ["年初预算数", "全年预算数", "全年执行数"] as const;

function wrongFunds({ tables }: Read): TextFault[] {
  return tables.flatMap(({ funds }): TextFault[] =>
    funds?.parts === undefined
      ? []
      : fundColumns.flatMap((name, at): TextFault[] => {
          const whole = funds.columns[at] ?? 0;
          const sum = (funds.parts ?? []).reduce((all, part) => all + (part[at] ?? 0), 0);
          if (isNear(whole, sum, 0.0151)) return [];
          return [
            {
              quote: funds.source.text,
              line: funds.source.line,
              actual: points(whole),
              expected: points(sum),
              what: `${name}年度资金总额${points(whole)}与当年财政拨款、上年结转资金、其他资金之和${points(sum)}不等`,
              mend: "核对资金总额与各项资金",
            },
          ];
        }),
  );
}

/** 评价得分 of a project's list, and the money each took: 涉及资金 is their sum. */
function wrongMoney({ text, said }: TextContext): TextFault[] {
  const blocks = text.blocks.filter(({ chapter }) => chapter === "performance");
  const amounts = blocks.flatMap(({ block }) => {
    const match =
      /^（\d{1,3}）[^。；]{2,60}?(?:涉及资金|预算资金|项目金额|预算数|金额)(?:为)?(\d[\d,]*(?:\.\d+)?)万元[^。；]*?得分/u.exec(
        block.text,
      );
    return match?.[1] === undefined ? [] : [Number(match[1].replaceAll(",", ""))];
  });
  const listed = readProjects(blocks.map(({ block }) => block)).length;
  const total = blocks.flatMap(({ block }) => {
    const match = /项目(\d+)个[^。；]*?涉及资金(?:为|共)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(
      block.text,
    );
    return match === null ? [] : [{ block, match }];
  })[0];
  const faults: TextFault[] = [];
  const sum = amounts.reduce((all, amount) => all + amount, 0);
  if (total !== undefined && amounts.length > 1 && amounts.length === listed) {
    const said = Number((total.match[2] ?? "").replaceAll(",", ""));
    if (Number(total.match[1]) === listed && !isNear(said, sum, 0.005 * (listed + 1) + 0.0001)) {
      faults.push({
        ...quoteAt(total.block, total.match.index),
        actual: `${String(total.match[2])}万元`,
        expected: `${points(sum)}万元`,
        what: `涉及资金${String(total.match[2])}万元与所列${listed}个项目金额之和${points(sum)}万元不等`,
        mend: "核对各项目金额与合计",
      });
    }
  }
  const project = said("expense.project")?.figure;
  return [
    ...faults,
    ...blocks.flatMap(({ block }): TextFault[] => {
      const match = /项目支出总额(?:为)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(block.text);
      if (match === null || project === undefined) return [];
      const told = Number((match[1] ?? "").replaceAll(",", ""));
      const right = project.value / 1_000_000;
      if (isNear(told, right, 0.0151)) return [];
      const budget = /全年预算(?:数)?(?:合计|总额)?(?:为)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(
        block.text,
      )?.[1];
      const full = Number((budget ?? "").replaceAll(",", ""));
      const rate =
        full > 0
          ? `，占全年预算数${budget ?? ""}万元的${points((told / full) * 100)}%，前文却写占100%或另一比例`
          : "";
      return [
        {
          ...quoteAt(block, match.index),
          severity: "warning",
          actual: `${String(match[1])}万元`,
          expected: project.text,
          what: `项目支出总额写${String(match[1])}万元，支出决算中的项目支出为${project.text}${rate}`,
          mend: "统一项目支出总额和占比的口径",
        },
      ];
    }),
  ];
}

/** 计划56家，实际50家…得3.33分: a share of no full mark that anybody sets. */
function oddPartialScore({ context }: Read): TextFault[] {
  return context.text.blocks.flatMap(({ block, chapter }): TextFault[] => {
    if (chapter !== "evaluation") return [];
    return [
      ...block.text.matchAll(
        /计划[^。，；]*?(\d+(?:\.\d+)?)(\p{Script=Han})[^。；]{0,3}?，实际[^。，；]*?(\d+(?:\.\d+)?)\2。[^。]{0,20}?得(?:分)?(\d+(?:\.\d+)?)分/gu,
      ),
    ].flatMap((match): TextFault[] => {
      const [planned, actual, got] = [match[1], match[3], match[4]].map(Number);
      if (planned === undefined || actual === undefined || got === undefined) return [];
      if (planned === 0 || actual >= planned) return [];
      const share = actual / planned;
      const weights = Array.from({ length: 80 }, (_, index) => (index + 1) / 2);
      if (weights.some((weight) => isNear(weight * share, got, 0.0101) || weight === got))
        return [];
      const weight = Math.ceil(got / share);
      return [
        {
          ...quoteAt(block, match.index),
          severity: "warning",
          actual: `${points(got)}分`,
          expected: `${points(weight * share)}分`,
          what: `得分${points(got)}分与完成情况不符：分值${weight}分的，按${points(actual)}÷${points(planned)}应得${points(weight * share)}分`,
          mend: "按分值×完成比例重新计分，或写明计分办法",
        },
      ];
    });
  });
}

function unexplained({ tables }: Read): TextFault[] {
  return tables.flatMap(({ rows, total }) =>
    rows
      .filter(
        ({ name, weight, score, deviation }) =>
          // A row without its name was torn apart, and so may be the reason.
          name !== "" && score < weight - 0.001 && deviation === "",
      )
      .map((row): TextFault => {
        const isMet = row.target === row.actual;
        const mended =
          total && isMet ? `（总分${points(total.score + row.weight - row.score)}）` : "";
        return {
          ...atRow(row),
          actual: points(row.score),
          expected: isMet ? `${points(row.weight)}${mended}` : "偏差原因",
          what: isMet
            ? `${row.name}目标${row.target}、完成${row.actual}，已经完成，应得${points(row.weight)}分，只得${points(row.score)}分${mended}，也没有写偏差原因`
            : `${row.name}得${points(row.score)}分，未得满分${points(row.weight)}分，没有写偏差原因`,
          mend: isMet ? "改正得分，或填写扣分的原因" : "填写偏差原因分析及改进措施",
        };
      }),
  );
}

/** Quality said to be full where the quantity of the same thing fell short. */
function fullQuality({ tables }: Read): TextFault[] {
  const amount = (text: string) => {
    const [, value, many] = /^([\d.]+)(万?)\p{Script=Han}/u.exec(text) ?? [];
    return value === undefined ? undefined : Number(value) * (many === "万" ? 10_000 : 1);
  };
  return tables.flatMap(({ rows }) =>
    rows.flatMap((short): TextFault[] => {
      const [target, actual] = [amount(short.target), amount(short.actual)];
      if (target === undefined || actual === undefined || actual >= target) return [];
      const core = short.name
        .replace(/^.*指标/u, "")
        .replace(/数$/u, "")
        .slice(0, 4);
      const full = rows.find(
        ({ name, actual: got }) => got === "100%" && /达标率$/u.test(name) && name.includes(core),
      );
      if (full === undefined || core.length < 4) return [];
      return [
        {
          ...atRow(full),
          severity: "warning",
          actual: full.actual,
          expected: `${points((actual / target) * 100)}%`,
          what: `${full.name}写100%，而${short.name}只完成${short.actual}（目标${short.target}）`,
          mend: "核对达标率，或说明其计算口径",
        },
      ];
    }),
  );
}

const isSameProject = (a: string, b: string) => a.includes(b) || b.includes(a);

function strangeAttachments({ tables, evaluations, context }: Read): TextFault[] {
  const listed = readProjects(blocksOf(context)).map(({ name }) => name);
  return tables.flatMap(({ project, title, first }): TextFault[] => {
    if (project === undefined || first === undefined) return [];
    const known = [...evaluations.map((evaluation) => evaluation.project), ...listed];
    const [expected] = known;
    if (expected === undefined || known.some((name) => isSameProject(projectName(project), name)))
      return [];
    return [
      {
        quote: `${title} 项目名称：${project}`,
        line: first.line,
        actual: project,
        expected,
        what: `所附${title}是“${project}”的，本报告评价和列出的项目里没有它${evaluations.length > 0 ? `（评价的是“${expected}”）` : ""}`,
        mend: `换成“${expected}”的自评表`,
      },
    ];
  });
}

const repeatedUnits = ({ tables }: Read): TextFault[] =>
  tables.flatMap(({ unitCells }) =>
    unitCells.slice(0, 1).map(({ text, line }) => ({
      quote: text,
      line,
      what: "表头已写“万元”，单元格里又写单位，有的还缺“元”字",
      mend: "单元格只填数字",
    })),
  );

export const performanceRules: readonly TextRule[] = [
  {
    id: "R215",
    statement:
      "绩效项目数＝所列项目数，平均分＝得分之和÷项目数，等级与得分一致，涉及资金不超过决算数",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: (context) => [
      ...wrongProjects(context),
      ...wrongGrades(context),
      ...tooMuchOverall(context),
      ...contradicted(context),
      ...twoScores(read(context)),
      ...wrongEvaluation(read(context)),
      ...oddPartialScore(read(context)),
    ],
  },
  {
    id: "R401",
    statement: "自评表各指标分值（含预算执行率）之和＝100",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: (context) => wrongWeights(read(context)),
  },
  {
    id: "R402",
    statement: "自评表总分＝各项得分之和",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: (context) => wrongTotals(read(context)),
  },
  {
    id: "R403",
    statement: "自评表各项 0 ≤ 得分 ≤ 分值",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: (context) => overfull(read(context)),
  },
  {
    id: "R404",
    statement: "自评表执行率＝全年执行数÷全年预算数，得分＝分值×执行率，不超过分值",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: (context) => wrongExecution(read(context)),
  },
  {
    id: "R405",
    statement:
      "项目资金总额＝当年财政拨款＋上年结转资金＋其他资金（年初预算数、全年预算数、全年执行数）",
    severity: "error",
    check: (context) => wrongFunds(read(context)),
  },
  {
    id: "R406",
    statement: "自评表得分低于分值的，写明偏差原因；质量与数量不矛盾",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "warning",
    check: (context) => [...unexplained(read(context)), ...fullQuality(read(context))],
  },
  {
    id: "R408",
    statement: "所附自评表属于本报告的项目",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "warning",
    check: (context) => strangeAttachments(read(context)),
  },
  {
    id: "R409",
    statement: "自评涉及资金＝各项目金额之和",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: wrongMoney,
  },
  {
    id: "W07",
    statement: "自评表单元格不重复单位",
    severity: "hint",
    check: (context) => repeatedUnits(read(context)),
  },
];

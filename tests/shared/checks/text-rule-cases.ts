import { jiangxi2022 } from "../../examples/editions.ts";
import type { TextTables } from "../../../shared/checks/text/text-context.ts";

/** A text that a rule passes, one it stops at, and one that just does not go too far. */
export interface TextRuleCase {
  readonly pass: string;
  readonly fail: string;
  readonly boundary: string;
  /** The tables that the text is compared with. */
  readonly tables?: TextTables;
}

const under = (heading: string, text: string): string =>
  `第三部分 2022年度部门决算情况说明\n${heading}\n${text}`;

/** 〔right｜wrong〕 of one sentence, and a sentence that is only just right. */
const sentence = (
  heading: string,
  marked: string,
  boundary: string,
  tables?: TextTables,
): TextRuleCase => ({
  pass: under(heading, marked.replaceAll(/〔([^｜]*)｜[^〕]*〕/gu, "$1")),
  fail: under(heading, marked.replaceAll(/〔[^｜]*｜([^〕]*)〕/gu, "$1")),
  boundary: under(heading, boundary),
  ...(tables && { tables }),
});

const tablesWith = (cells: Readonly<Record<string, number>>): TextTables => ({
  edition: jiangxi2022,
  value: (address) => cells[address],
  has: (address) => Object.keys(cells).some((cell) => cell.slice(0, 3) === address.slice(0, 3)),
  codes: (table) =>
    Object.keys(cells).flatMap((cell) => {
      const [of, row] = cell.split("/");
      return of === table && row !== undefined ? [row] : [];
    }),
});

const wan = 1_000_000;
const income = "一、收入决算情况说明";
const expense = "二、支出决算情况说明";
const fiscal = "三、财政拨款支出决算情况说明";
const people = "二、部门基本情况";
const threePublic = "五、“三公”经费支出决算情况说明";
const procurement = "七、政府采购支出情况说明";
const performance = "九、预算绩效情况说明";
const reason = "主要原因是新增场馆建设任务。";

/** A 自评表 as a PDF leaves it, in the chapter on performance. */
const selfEvaluation = ({
  project = "热线平台运行经费",
  weight = "20",
  score = "8",
  timely = "10 10",
  total = "100 98",
  paid = "50 50 40",
  fiscal = "50 50 40",
  quantity = "2万件 2万件",
  saved = "20%",
} = {}): string => `${under(performance, "本部门对2022年度2个项目开展绩效自评，平均得分99分。")}
（1）热线平台运行经费项目绩效自评得分98分；
（2）宣传经费项目绩效自评得分100分。

项目支出绩效自评表
（ 2022 年度）
项目名
称
${project}
主管部
门
某市热线中心 实施单位 某市热线中心
项目资金
（万元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 ${paid}
10 80% ${score}
其中：当年财政
拨款
${fiscal} — 80% —
上年结转资金 — — —
其他资金 — — —
绩效指标
产出
指标
受理来电数
量
${quantity} ${weight} ${weight}
受理来电达标率 100% 100% 10 10
办结及时率 100% 100% ${timely}
成本指标 成本节约率 0% ${saved} 20 20
社会效益 群众诉求解决 提升 提升 20 20
服务对象
满意度 90% 95% 10 10
总分 ${total}
`;

const projects = "本部门对2022年度二级项目2个开展绩效自评";
const listed =
  "\n（1）热线平台运行经费项目涉及资金60万元，绩效自评得分98分；\n（2）宣传经费项目涉及资金40万元，绩效自评得分100分。";

const evaluated = (change: Parameters<typeof selfEvaluation>[0]): TextRuleCase => ({
  pass: selfEvaluation(),
  fail: selfEvaluation(change),
  boundary: selfEvaluation({ total: "100 98.00" }),
});

/** A 部门评价 report behind the chapter on performance; 〔right｜wrong〕 as in a sentence. */
const evaluationReport = (marked: string, boundary: string, before = ""): TextRuleCase => {
  const behind = (text: string): string =>
    `本部门对2022年度2个项目开展绩效自评，平均得分99分。${before}
（1）热线平台运行经费项目绩效自评得分98分；
（2）宣传经费项目绩效自评得分100分。
2022年度热线平台运行经费项目支出绩效评价报告
三、综合评价情况及评价结论
${text}`;
  return sentence(performance, behind(marked), behind(boundary));
};
const dimensions =
  "\n四、绩效评价指标分析\n（一）决策情况\n项目决策指标分值共40分，绩效评价得分38分。\n（二）效益情况\n项目效益指标分值共60分，绩效评价得分60分。";

export const textRuleCases: Readonly<Record<string, TextRuleCase>> = {
  R005: sentence(
    income,
    "2022年度收入总计1200万元。\n二、支出决算情况说明\n2022年度支出总计〔1200万元｜1250万元〕。",
    "2022年度收入总计1200万元。\n二、支出决算情况说明\n2022年度支出总计1200.01万元。",
  ),
  R190: sentence(
    income,
    `年初结转和结余〔100万元｜107万元〕。年末结转和结余80万元，较2021年末减少20万元，下降20%，${reason}`,
    `年初结转和结余100.01万元。年末结转和结余80万元，较2021年末减少20万元，下降20%，${reason}`,
  ),
  R201: sentence(
    income,
    "本年收入合计〔1000万元｜1001万元〕。",
    "本年收入合计1,000.00万元。",
    tablesWith({ "t01/income_total/final": 1000 * wan }),
  ),
  R202: sentence(
    income,
    `本年收入合计1200万元，较2021年〔增加｜减少〕200万元，增长20%，${reason}`,
    "本年收入合计1200万元，较2021年持平。",
  ),
  R203: sentence(
    income,
    `本年收入合计1200万元，较2021年增加200万元，增长〔20%｜16.67%〕，${reason}`,
    `本年收入合计700万元，较2021年增加100万元，增长16.66%，${reason}`,
  ),
  R204: sentence(
    expense,
    `本年支出合计200万元，较2021年下降〔80%｜400%〕，${reason}`,
    "本年支出合计0万元，较2021年减少800万元，下降100%，主要原因是项目已完成。",
  ),
  R205: sentence(
    threePublic,
    "公务接待费支出8万元，较2021年增加8万元，〔上年无此项支出｜增长100%〕，主要原因是承办会议。",
    "公务接待费支出8万元，较2021年增加4万元，增长100%，主要原因是承办会议。",
  ),
  R206: sentence(
    income,
    "本年收入合计1000万元，其中：财政拨款收入900万元，占〔90%｜95%〕；其他收入100万元，占10%。",
    "本年收入合计300万元，其中：财政拨款收入200万元，占66.66%；其他收入100万元，占33.33%。",
  ),
  R207: sentence(
    fiscal,
    "一般公共预算财政拨款支出年初预算为100万元，支出决算为98万元，完成年初预算的〔98%｜89%〕。",
    "一般公共预算财政拨款支出年初预算为300万元，支出决算为290万元，完成年初预算的96.66%。",
  ),
  R208: sentence(
    expense,
    "本年支出合计〔1000万元｜1200万元〕，其中：基本支出600万元，项目支出400万元。",
    "本年支出合计1000.01万元，其中：基本支出600万元，项目支出400万元。",
  ),
  R209: sentence(
    "六、机关运行经费支出情况说明",
    "2022年度机关运行经费支出80万元。本部门机关运行经费支出〔80万元｜90万元〕用于日常公用。",
    "2022年度机关运行经费支出80万元。本部门机关运行经费支出80.00万元用于日常公用。",
  ),
  R210: sentence(
    "六、机关运行经费支出情况说明",
    "2022年度机关运行经费支出〔80万元｜90万元〕。",
    "2022年度机关运行经费支出85万元。",
    tablesWith({ "t06/public_total/final": 85 * wan }),
  ),
  R211: sentence(
    "六、机关运行经费支出情况说明",
    "纳入汇编范围的单位共1个。\n2022年度机关运行经费支出〔85万元｜80万元〕（与部门决算中公用经费之和一致）。",
    "纳入汇编范围的单位共1个。\n2022年度机关运行经费支出84.99万元（与部门决算中公用经费之和一致）。",
    tablesWith({ "t06/public_total/final": 85 * wan }),
  ),
  R212: sentence(
    procurement,
    "政府采购支出总额100万元，其中：政府采购货物支出100万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额〔80万元｜120万元〕。",
    "政府采购支出总额100万元，其中：政府采购货物支出100万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额100万元，占政府采购支出总额的100%。",
  ),
  S211: sentence(
    procurement,
    "政府采购支出总额100万元。授予中小企业合同金额80万元，占政府采购支出总额的80%。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额60万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额〔20万元｜25万元〕。",
    "政府采购支出总额100万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额60万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额40万元。",
  ),
  R213: sentence(
    threePublic,
    "年末公务用车保有量〔4辆｜5辆〕。",
    "年末公务用车保有量4辆，其中轿车1辆。",
    tablesWith({ "t09/vehicles_kept/final": 4 }),
  ),
  R214: sentence(
    people,
    "年末实有人员〔30人｜35人〕，其中在职25人，离休1人，退休4人。",
    "年末实有人员25人，其中在职25人，离休0人，退休0人。",
  ),
  R215: sentence(
    performance,
    "本部门对2022年度2个项目开展绩效自评，平均得分〔99分｜97分〕。\n（1）热线平台运行经费项目绩效自评得分98分；\n（2）宣传经费项目绩效自评得分100分。",
    "本部门对2022年度3个项目开展绩效自评，平均得分98.67分。\n（1）热线平台运行经费项目绩效自评得分98分；\n（2）宣传经费项目绩效自评得分98分；\n（3）培训经费项目绩效自评得分100分。",
  ),
  R216: sentence(fiscal, "决算数〔小于｜大于（小于）〕预算数。", "净增加额（减少以“-”号填列）。"),
  R217: sentence(
    income,
    `本年收入合计100万元，较2021年增加50万元，增长100%〔，${reason}｜。〕`,
    "本年收入合计100万元，较2021年增加5万元，增长5.26%。",
  ),
  R218: sentence(
    income,
    `本年收入合计1200万元，较〔2021｜2020〕年增加200万元，增长20%，${reason}`,
    `2022年度本年收入合计1200万元，较2021年度增加200万元，增长20%，${reason}`,
  ),
  R219: sentence(
    "四、一般公共预算财政拨款基本支出决算情况说明",
    "公用经费80万元，主要包括：办公费、〔差旅费｜差旅费、取暖费〕。",
    "公用经费80万元，主要包括：差旅费、办公费。",
    tablesWith({
      "t06/302/final": 80 * wan,
      "t06/30201/final": 50 * wan,
      "t06/30211/final": 30 * wan,
      "t06/public_total/final": 80 * wan,
    }),
  ),
  R220: sentence(
    income,
    "本年收入合计1000万元，其中：财政拨款收入900万元，占本年收入的〔90.00%｜90.00〕；其他收入100万元，占10%。",
    "本年收入合计1000万元，其中：财政拨款收入1000万元，占百分之百。",
  ),
  R401: evaluated({ weight: "25", total: "100 103" }),
  R402: evaluated({ total: "100 95" }),
  R403: evaluated({ timely: "10 12", total: "100 100" }),
  R404: evaluated({ score: "9", total: "100 99" }),
  R405: evaluated({ fiscal: "50 45 40" }),
  R406: evaluated({ timely: "10 7", total: "100 95" }),
  R408: evaluated({ project: "展览馆维护经费" }),
  R409: sentence(
    performance,
    `${projects}，涉及资金〔100万元｜120万元〕。${listed}`,
    `${projects}，涉及资金100.01万元。${listed}`,
  ),
  S403: evaluationReport(
    "计划检查56家企业，实际检查50家。该指标得〔3.57｜3.33〕分。",
    "计划检查56家企业，实际检查50家。该指标得3.58分。",
  ),
  S405: evaluated({ quantity: "2万件 1.6万件" }),
  S406: evaluated({ saved: "25%" }),
  S412: sentence(
    fiscal,
    `财政拨款支出100万元，其中：一般公共预算财政拨款支出100万元。\n${performance}\n部门整体支出绩效评价涉及一般公共预算支出〔100万元｜120万元〕。`,
    `财政拨款支出100万元，其中：一般公共预算财政拨款支出100万元。\n${performance}\n部门整体支出绩效评价涉及一般公共预算支出100.01万元。`,
  ),
  S413: evaluationReport(
    "经评价，评价得分98分，绩效评价等级为“〔优｜良〕”。",
    "经评价，评价得分90分，绩效评价等级为“优”。",
  ),
  S414: evaluationReport(
    `经评价，评价得分〔98｜97〕分。${dimensions}`,
    `经评价，评价得分97.5分。${dimensions.replace("60分，绩效评价得分60分", "60分，绩效评价得分59.5分")}`,
  ),
  S415: evaluationReport(
    "项目决策指标分值共40分，绩效评价得分38分，得分率〔95%｜98%〕。",
    "项目决策指标分值共40分，绩效评价得分38分，得分率96%。",
  ),
  S416: evaluationReport(
    "经评价，评价得分〔98分｜90分〕。",
    "经评价，评价得分90分。得分低于单位自评，原因是评价增加了满意度调查。",
  ),
  S417: sentence(
    performance,
    `各项目均达到了预期目标。\n（1）热线平台运行经费项目绩效自评得分〔98｜75〕分；\n（2）宣传经费项目绩效自评得分100分。`,
    "各项目均达到了预期目标。\n（1）热线平台运行经费项目绩效自评得分80分；\n（2）宣传经费项目绩效自评得分100分。",
  ),
  W01: sentence(
    "第四部分 名词解释",
    "〔使用非财政拨款结余｜用事业基金弥补收支差额〕：指弥补收支差额的数额。",
    "事业基金：指单位拥有的非限定用途的净资产。",
  ),
  W02: sentence(
    "第四部分 名词解释",
    "“三公”经费：纳入〔本级｜中央〕财政预决算管理的经费。",
    "“三公”经费：指中央八项规定要求严格控制的经费。",
  ),
  W03: sentence(people, "服务中心〔｜中心〕共进驻56个部门。", "招收大学大学生实习项目学员。"),
  W04: sentence(
    performance,
    "目标1：做好重点项目的协办和跟踪服务；\n目标2：〔完成平台改造和验收工作｜做好重点项目的协办和跟踪服务〕；",
    "目标1：做好重点项目的协办和跟踪服务；\n目标2：做好一般项目的协办和跟踪服务；",
  ),
  W05: sentence(
    performance,
    "评价过程为〔确认目标、分析重点、构建体系｜确认目标→分析重点→构建体系〕。",
    "评价过程为确认目标；分析重点；构建体系。",
  ),
  W06: sentence(
    "八、国有资产占用情况说明",
    "〔截至｜截止〕2022年12月31日，无其他用车。",
    "报名截止时间为2022年12月31日。",
  ),
  W07: evaluated({ paid: "50万元 50万元 40万" }),
  W09: sentence(
    "五、一般公共预算财政拨款支出决算情况说明",
    "1、住房保障支出（类）〔住房改革支出｜住房保障支出〕（款）住房公积金（项）20万元。",
    "1、住房保障（类）住房改革（款）住房公积金（项）20万元。",
  ),
  W10: sentence(
    "五、一般公共预算财政拨款支出决算情况说明",
    "1、卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。主要用于：事业单位医疗保险支出。\n2、住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：〔职工住房公积金支出｜事业单位医疗保险支出〕。",
    "1、教育支出（类）普通教育（款）小学教育（项）。主要用于：保障单位正常运转。\n2、住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：保障单位正常运转。",
  ),
  W08: sentence(
    people,
    "本部门所属单位共3个，均在政务服务大厅办公。本部门〔另有办事窗口26个｜所属单位共3个〕，均在政务服务大厅办公。",
    "本部门所属单位共3个，均在政务服务大厅办公。本部门所属单位共3个。",
  ),
};

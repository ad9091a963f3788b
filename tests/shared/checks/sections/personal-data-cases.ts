import type { Report } from "../../../../shared/report/report.ts";
import { soundReport } from "../sound-report.ts";
import type { SectionRuleCase } from "./section-rule-cases.ts";
import { changed, completeReport } from "./complete-report.ts";

const withWords = (text: string): Report =>
  changed(completeReport, (sections) => {
    sections.narrative.additions = { income: [text] };
  });
const attached = (name: string, disclosed: boolean): Report =>
  changed(completeReport, ({ attachments }) => {
    attachments.files = attachments.files.map((file) => ({ ...file, name, disclosed }));
  });

const tablesOnly = soundReport();
const of = (fail: readonly string[], boundary: readonly string[]): SectionRuleCase => ({
  pass: completeReport,
  fail: fail.map(withWords),
  boundary: boundary.map(withWords),
  notApplicable: [tablesOnly],
});

/** Numbers are made up; those of persons carry right check digits. */
const id = "360201199003071239";
const withChecksum = (first17: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first17[at]), 0);
  return first17 + ("10X98765432"[sum % 11] ?? "");
};
export const validId = withChecksum(id.slice(0, 17));
const wrongDigit = `${validId.slice(0, 17)}${validId.endsWith("1") ? "2" : "1"}`;

/** A 银联 card number whose Luhn digit is right. */
export const card = "6222021001116245702";

export const personalDataCases: Readonly<Record<string, SectionRuleCase>> = {
  P001: {
    ...of(
      [
        `补助发给${validId}。`,
        `身份证号：${wrongDigit}`,
        `联系人${Array.from(validId, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("")}`,
      ],
      [
        `项目编号${validId}。`,
        `流水${wrongDigit}。`,
        "统一社会信用代码11360200MB1234567X。",
        "统一社会信用代码12360200491234567A，支出4914200000.25元。",
        withChecksum("36020119901307123"),
      ],
    ),
    fail: [
      withWords(`补助发给${validId}。`),
      withWords(`身份证号：${wrongDigit}`),
      attached(`${validId}证明.pdf`, true),
    ],
    boundary: [
      withWords(`项目编号${validId}。`),
      withWords(`流水${wrongDigit}。`),
      withWords("统一社会信用代码11360200MB1234567X。"),
      withWords(withChecksum("36020119901307123")),
      attached(`${validId}证明.pdf`, false),
    ],
  },
  P002: of(
    ["身份证号360201670307123。", "发给360201670307123。"],
    ["项目编号360201670307123。", "批次360201220101001。", "共360201670307123元。", "12345。"],
  ),
  P003: of(
    ["联系电话13807981234。", "电话：138-0798-1234", "手机+86 13807981234"],
    [
      "联系电话0798-8561234。",
      "拨打12345热线。",
      "支出13807981234元。",
      "支出1.13807981234亿元。",
      "合同编号13807981234。",
      "公告2022123456789号。",
    ],
  ),
  P004: of(
    [`卡号：${card}`, "账号 1504 2010 0930 0123 456", `发放到${card}。`],
    [
      `项目编号${card}。`,
      `支出${card.slice(0, 16)}元。`,
      "项目代码3602002201010010001。",
      "账户设在本级，全年支付2022笔。",
    ],
  ),
  P005: of(["联系邮箱zhangsan@example.com。"], ["门户网站www.jdz.gov.cn。", "单价@每件5元。"]),
  P006: of(
    [
      "家庭住址：某市昌江区新厂路12号。",
      "家庭地址某市昌江区新厂路12号。",
      "住在新村小区3栋2单元501室。",
    ],
    ["大厅地址：某市昌江区瓷都大道88号。", "家庭农场12个。"],
  ),
  P007: of(
    ["护照号E12345678。", "往来港澳通行证号码：C12345678"],
    ["办理护照1200本。", "通行证12345件。", "编号E12345678。"],
  ),
  P008: of(
    [
      "王小明同志患有重病，给予救助。",
      "张某某同志确诊肿瘤。",
      "困难补助人员包括：张三、李四、王五。",
    ],
    [
      "全年慰问困难职工12人，发放3.6万元。",
      "救助对象包括：低保户、特困人员。",
      "高血压患者管理率达到90%。",
      "慰问困难职工，包括：高龄老人、残疾职工等。",
    ],
  ),
};

import { chineseOrdinal } from "../chinese-ordinal.ts";
import type { Report } from "../report/report.ts";
import { item, joined, plain, sentence, takePen, type Pen, type Phrase } from "./pen.ts";
import { fact, sum } from "./sources.ts";
import type { Chapter, Paragraph, Sentence, WrittenNarrative } from "./written.ts";

/** 第一部分 概况: 主要职责 and 基本情况. */
export function writeOverview(report: Report): WrittenNarrative {
  const pen = takePen(report);
  const shanghai = report.edition.narrative === "shanghai";
  const duties: Chapter = {
    id: "duties",
    heading: shanghai ? "一、主要职能" : `一、${pen.body}主要职责`,
    paragraphs: dutyParagraphs(pen),
  };
  const profile: Chapter = shanghai
    ? {
        id: "profile",
        heading: pen.body === "单位" ? "二、机构设置" : "二、部门决算单位构成",
        paragraphs: unitList(pen),
      }
    : {
        id: "profile",
        heading: `二、${pen.body}基本情况`,
        paragraphs: [plain(unitsSentence(pen)), plain(...peopleSentences(pen))],
      };
  return { chapters: [duties, profile] };
}

function dutyParagraphs(pen: Pen): Paragraph[] {
  const { duties } = pen.report.sections.facts;
  if (duties.length === 0) {
    const what = `${pen.body}主要职责`;
    return [
      plain(
        sentence("duties.none", { missing: "figure", what, source: fact("facts.duties") }, "。"),
      ),
    ];
  }
  return duties.map((duty, index) =>
    item(
      `（${chineseOrdinal(index + 1)}）`,
      sentence(
        `duties.${index + 1}`,
        pen.quote(`facts.duties.${index}`, "主要职责"),
        /[。；;.]$/u.test(duty.trim()) ? "" : index === duties.length - 1 ? "。" : "；",
      ),
    ),
  );
}

const unitCount = (pen: Pen) =>
  pen.count({ kind: "count", path: "facts.units" }, "决算编制范围的单位数", "个");

/** The name of a unit; the own office is told apart as 本级 where it has units under it. */
function unitName(pen: Pen, index: number): Phrase {
  const unit = pen.report.sections.facts.units[index];
  const isOwn = unit?.kind === "own_office" && pen.report.sections.facts.units.length > 1;
  return [
    pen.quote(`facts.units.${index}.name`, "单位名称"),
    isOwn && !unit.name.trim().endsWith("（本级）") ? "（本级）" : "",
  ];
}

function unitsSentence(pen: Pen): Sentence {
  const { units } = pen.report.sections.facts;
  const id = "profile.units";
  if (units.length === 0) return noUnits(pen, id);
  const names = units.map((_, index) => unitName(pen, index));
  const own = names.filter((_, index) => units[index]?.kind === "own_office");
  const others = names.filter((_, index) => units[index]?.kind === "subordinate");
  const subordinates: Phrase = [
    { figure: `${others.length}个`, source: { kind: "count", path: "facts.units" } },
    "所属二级预算单位：",
    joined(others, "、"),
  ];
  return sentence(
    id,
    `纳入${pen.self}${pen.year}年度决算编制范围的单位共`,
    unitCount(pen),
    "，包括：",
    joined([...own, ...(others.length > 0 ? [subordinates] : [])], "和"),
    "。",
  );
}

/** A unit without a list is its own only unit; a department must name them. */
function noUnits(pen: Pen, id: string): Sentence {
  const source = fact("facts.units");
  return pen.body === "单位"
    ? sentence(
        id,
        `纳入本单位${pen.year}年度决算编制范围的仅`,
        { figure: pen.report.identity.orgName, source },
        "本身，无所属单位。",
      )
    : sentence(
        id,
        `纳入本部门${pen.year}年度决算编制范围的单位：`,
        { missing: "figure", what: "纳入决算编制范围的单位", source },
        "。",
      );
}

function unitList(pen: Pen): Paragraph[] {
  const { units } = pen.report.sections.facts;
  const { orgName } = pen.report.identity;
  if (units.length === 0) return [plain(noUnits(pen, "profile.units"))];
  return [
    plain(
      sentence(
        "profile.units",
        `从预算单位构成看，纳入${orgName}${pen.year}年度${pen.body}决算编制范围的单位共`,
        unitCount(pen),
        "，包括：",
      ),
    ),
    ...units.map((_, index) =>
      item(
        `${index + 1}、`,
        sentence(
          `profile.unit.${index + 1}`,
          unitName(pen, index),
          index === units.length - 1 ? "。" : "；",
        ),
      ),
    ),
  ];
}

const person = (kind: string) => fact(`facts.people.${kind}`);

/** 实有 = 在职 + 离休 + 退休, reckoned so that it cannot disagree. */
function peopleSentences(pen: Pen): Sentence[] {
  const onHand = sum(person("active"), person("retiredCadres"), person("retired"));
  const lead = `${pen.self}${pen.year}年年末实有人数`;
  const total = pen.count(onHand, "年末实有人数", "人");
  if (pen.report.sections.facts.people === undefined) {
    return [sentence("profile.people", lead, total, "。")];
  }
  return [
    sentence(
      "profile.people",
      lead,
      total,
      "，其中：在职人员",
      pen.count(person("active"), "在职人员", "人"),
      "，离休人员",
      pen.count(person("retiredCadres"), "离休人员", "人"),
      "，退休人员",
      pen.count(person("retired"), "退休人员", "人"),
      "（不含由养老保险基金发放养老金的离退休人员）。",
    ),
    sentence(
      "profile.others",
      "年末其他人员",
      pen.count(person("others"), "年末其他人员", "人"),
      "；年末学生人数",
      pen.count(person("students"), "年末学生人数", "人"),
      "；由养老保险基金发放养老金的离退休人员",
      pen.count(person("pensioned"), "由养老保险基金发放养老金的离退休人员", "人"),
      "。",
    ),
  ];
}

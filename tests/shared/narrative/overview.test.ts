import { describe, expect, it } from "vitest";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { jiangxi, overviewText, shanghai, withFacts, withSections } from "./reports.ts";

describe("第一部分", () => {
  it("lists duties and units and reckons the people on hand", () => {
    expect(overviewText(jiangxi)).toBe(
      [
        "一、部门主要职责",
        "（一）管理本市公共资源交易；",
        "（二）为集中办理事项提供服务。",
        "二、部门基本情况",
        "纳入本部门2022年度决算编制范围的单位共3个，包括：示例市政务服务管理局（本级）" +
          "和2个所属二级预算单位：交易中心、代办中心。",
        "本部门2022年年末实有人数33人，其中：在职人员33人，离休人员0人，退休人员0人" +
          "（不含由养老保险基金发放养老金的离退休人员）。年末其他人员0人；年末学生人数0人；" +
          "由养老保险基金发放养老金的离退休人员5人。",
      ].join("\n"),
    );
  });

  it("adds 离休 and 退休 to those on hand", () => {
    const people = {
      active: 33,
      retiredCadres: 2,
      retired: 3,
      others: 0,
      students: 0,
      pensioned: 5,
    };
    const more = withFacts(jiangxi, { people });
    expect(overviewText(more)).toContain("年末实有人数38人，其中：在职人员33人，离休人员2人");
  });

  it("lists Shanghai's units one a line, 本级 named once", () => {
    expect(overviewText(shanghai)).toContain("1、示例区财政局（本级）；\n2、国库收付中心。");
  });

  it("says that a single unit has none under it", () => {
    const unit = {
      ...withFacts(jiangxi, { units: [] }),
      identity: { ...jiangxi.identity, kind: "unit" as const },
    };
    expect(overviewText(unit)).toContain("二、单位基本情况");
    expect(overviewText(unit)).toContain("无所属单位");
  });

  it("marks what nobody filled in", () => {
    const text = overviewText(withSections(jiangxi, emptySections));
    expect(text).toContain("〔待填：部门主要职责〕");
    expect(text).toContain("〔待填：纳入决算编制范围的单位〕");
    expect(text).toContain("〔待填：年末实有人数〕");
    expect(text).not.toMatch(/\d+人/);
  });
});

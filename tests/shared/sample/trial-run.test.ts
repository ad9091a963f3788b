import { describe, expect, it } from "vitest";
import { derive } from "../../../shared/editions/derive.ts";
import { loadSoundEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { checkReport } from "../../../shared/checks/check-report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { trialRun } from "../../../shared/sample/trial-run.ts";
import { madeEdition } from "../../examples/made-edition/edition.ts";

const derived = (changes: object, base = madeEdition): Edition => {
  const made = derive(editionData(base), {
    id: "tried-2022",
    name: "甲市",
    year: 2022,
    ...changes,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return loadSoundEdition(made.value);
};

const sum = (...cells: readonly string[]) => ({ sum: cells });

describe("a trial run", () => {
  it.each([...shippedEditions.listed, madeEdition])("finds nothing wrong with $id", ({ id }) => {
    const edition = shippedEditions.byId(id) ?? madeEdition;
    expect(trialRun(edition, 7)).toEqual([]);
  });

  it("names two relations that cannot both hold", () => {
    const [e01, ...others] = madeEdition.relations ?? [];
    const contradicting = {
      ...{ id: "E06", statement: "公开11表合计 = 设备 + 文物", severity: "error" },
      cell: "t11/total/*",
      equals: { sum: ["t11/equipment/*", "t11/collections/*"] },
    };
    const faults = trialRun(derived({ relations: [e01, ...others, contradicting] }), 7);
    expect(faults.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["relation E06"]);
    expect(faults[0]?.message).toContain(
      "勾稽关系 E06“公开11表合计 = 设备 + 文物”在样例报告中不成立，与别的关系或表样矛盾",
    );
    expect(faults[0]?.message).toContain("公开11表 合计 年末原值");
  });

  it("names a relation that contradicts the statutory tables", () => {
    const wrong = {
      ...{ id: "E06", statement: "公开13表课题支出 = 公开03表项目支出", severity: "warning" },
      cell: "t03/total/project",
      equals: { sum: ["t03/total/basic", "t03/total/operating"] },
    };
    const faults = trialRun(derived({ relations: [wrong] }), 7);
    expect(faults.map(({ id }) => id)).toEqual(["E06"]);
  });

  it("names a sentence that contradicts its tables", () => {
    const text = "{年}年度{本部门}的收入总计{金额 支出合计}。";
    const faults = trialRun(
      derived({
        sentences: {
          quantities: { 支出合计: "t03/total/basic" },
          narrative: {
            income: { paragraphs: { 0: { sentences: { "income.total": { text } } } } },
          },
        },
      }),
      7,
    );
    expect(faults.map(({ kind }) => kind)).toContain("sentence");
    expect(faults.map(({ message }) => message).join()).toContain("收入总计");
  });

  it("names a sentence of a list that contradicts its table, whatever codes are drawn", () => {
    const text = "{名称}年初预算数为{金额 类年初预算数}，决算数为{金额 类年初预算数}。";
    const faults = trialRun(
      derived({
        sentences: {
          narrative: {
            fiscal: { paragraphs: { 1: { sentences: { "fiscal.class.*": { text } } } } },
          },
        },
      }),
      7,
    );
    expect(faults.map(({ kind }) => kind)).toContain("sentence");
    expect(faults.map(({ id }) => id).join()).toContain("fiscal.class.");
  });

  it("does not call bounds contradictory that some figures keep and others do not", () => {
    const head = { statement: "两数之间", severity: "error" };
    const relations = [
      {
        ...head,
        id: "E01",
        cell: "t11/total/net",
        equals: sum("t11/buildings/net", "t11/equipment/net"),
      },
      { ...head, id: "E02", cell: "t11/*/net", notAbove: "t11/*/original" },
      { ...head, id: "E03", cell: "t03/total/total", notAbove: "t11/total/original" },
      {
        ...{ ...head, id: "E04", cell: "t11/collections/original" },
        equals: { ...sum("t11/total/original"), less: ["t11/buildings/original"] },
      },
      { ...head, id: "E05", cell: "t13/projects/final", notAbove: "t10/vehicles_total/final" },
    ];
    expect(trialRun(derived({ relations }), 7)).toEqual([]);
  });

  it("names a sentence that cannot be written in full", () => {
    const unit = { id: "research.unit", text: "由{引文 第九个单位}组织。" };
    const faults = trialRun(
      derived({
        sentences: {
          quantities: { 第九个单位: "facts.units.8.name" },
          narrative: { research: { paragraphs: { 0: { sentences: { "research.unit": unit } } } } },
        },
      }),
      7,
    );
    expect(faults.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["gap research.unit"]);
    expect(faults[0]?.message).toContain("印不全");
  });
});

describe("a sample report", () => {
  it("is the same for the same seed and another for another", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => sampleReport(madeEdition, { seed }));
    expect(again).toEqual(one);
    expect(other?.sections.t01).not.toEqual(one?.sections.t01);
  });

  it("fills every table of an edition, its own among them, so that its relations have something to judge", () => {
    const report = sampleReport(madeEdition, { seed: 3 });
    for (const { id } of madeEdition.forms) {
      expect(tableIn(report.sections, id).rows.length, id).toBeGreaterThan(0);
    }
    const { ledger } = checkReport(report);
    const own = ledger.filter(({ rule }) => rule.startsWith("E"));
    expect(own.map(({ outcome }) => outcome)).toEqual(own.map(() => "passed"));
  });
});

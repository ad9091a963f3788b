import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../shared/editions/changes-between.ts";
import { derive, type EditionChanges } from "../../../shared/editions/derive.ts";
import { differencesBetween } from "../../../shared/editions/differences.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { loadEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { nationalEdition } from "../../../shared/editions/national/edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { madeEdition } from "../../examples/made-edition/edition.ts";

const editions = [...shippedEditions.all, madeEdition].map(editionData);
const identity = { id: "other-2030", name: "另一版式", year: 2030 };

const derived = (base: EditionData, changes: Omit<EditionChanges, keyof typeof identity>) => {
  const result = derive(base, { ...identity, ...changes });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as EditionData;
};

describe("an edition and its base", () => {
  it.each(editions)("$id is its base with the differences made, as JSON too", (edition) => {
    const own = editions.find(({ id }) => id === edition.base);
    for (const base of [nationalEdition, editionData(madeEdition), own ?? edition]) {
      const changes = JSON.parse(JSON.stringify(changesBetween(base, edition))) as EditionChanges;
      expect(derive(base, changes)).toEqual({ ok: true, value: { ...edition, base: base.id } });
    }
  });

  it("holds of any entries that are dropped, moved or renamed", () => {
    const [edition] = editions;
    if (edition === undefined) throw new Error("No edition.");
    const anyForms = fc.shuffledSubarray([...edition.forms], { minLength: 1 }).chain((forms) =>
      fc
        .tuple(
          ...forms.map((form) =>
            fc.record({
              title: fc.constantFrom(form.title, "改过的标题"),
              notes: fc.constantFrom(form.notes, []),
              rows: fc.shuffledSubarray([...rowsOf(form)], { minLength: 1 }),
            }),
          ),
        )
        .map((changes) =>
          forms.map((form, index) => changedForm(form, changes[index] ?? { rows: [] })),
        ),
    );
    fc.assert(
      fc.property(anyForms, (forms) => {
        const other: EditionData = { ...edition, ...identity, forms };
        expect(derive(edition, changesBetween(edition, other))).toEqual({
          ok: true,
          value: { ...other, base: edition.id },
        });
      }),
      { numRuns: 200 },
    );
  });

  it("differs in nothing from itself", () => {
    for (const edition of editions) {
      const { id, name, year, sources } = edition;
      const stated = sources === undefined ? {} : { sources };
      expect(changesBetween(edition, edition)).toEqual({ id, name, year, ...stated });
      expect(differencesBetween(edition, edition)).toEqual([]);
    }
  });

  it("the national tables are an edition that a bureau may begin with, of no region", () => {
    expect(loadEdition(nationalEdition)).toMatchObject({ ok: true });
    expect(shippedEditions.byId(nationalEdition.id)?.words.places).toEqual([]);
  });

  it("where the base was seen in print is not claimed of what derives from it", () => {
    expect(nationalEdition.sources).toBeDefined();
    expect(derived(nationalEdition, {})).not.toHaveProperty("sources");
  });
});

describe("changes", () => {
  it("replace a member, take one away, and leave the rest", () => {
    const edition = derived(nationalEdition, {
      thresholds: { change: { percent: 20 } },
      forms: { t01: { number: null, title: "收支总表" } },
    });
    expect(edition.thresholds).toEqual({
      change: { percent: 20, amountFen: nationalEdition.thresholds.change.amountFen },
      completion: nationalEdition.thresholds.completion,
    });
    const [first, ...others] = edition.forms;
    expect(first).toMatchObject({ id: "t01", title: "收支总表" });
    expect(first).not.toHaveProperty("number");
    expect(others).toEqual(nationalEdition.forms.slice(1));
  });

  it("change an entry of a list within an entry of a list", () => {
    const edition = derived(nationalEdition, {
      forms: { t01: { blocks: { 1: { rows: { distribution: { name: "分配" } } } } } },
    });
    const names = edition.forms[0]?.blocks[1]?.rows;
    expect(names).toContainEqual({ key: "distribution", name: "分配" });
  });

  it("add an entry at the end, or where the order says", () => {
    const added = { key: "transfer", name: "调入资金" };
    const atEnd = derived(nationalEdition, {
      forms: { t08: { blocks: { 0: { columns: { transfer: added } } } } },
    });
    const keys = (edition: EditionData) =>
      edition.forms.find(({ id }) => id === "t08")?.blocks[0]?.columns.map(({ key }) => key);
    expect(keys(atEnd)).toEqual(["total", "basic", "project", "transfer"]);
    const $order = ["transfer", "total", "basic", "project"];
    const atStart = derived(nationalEdition, {
      forms: { t08: { blocks: { 0: { columns: { transfer: added, $order } } } } },
    });
    expect(keys(atStart)).toEqual($order);
  });

  it("keep nothing of the base where the whole is stated", () => {
    const sentences = { quantities: {}, lists: {}, overview: [], narrative: [] };
    const edition = derived(nationalEdition, { sentences: { $whole: sentences } });
    expect(edition.sentences).toEqual(sentences);
  });

  it("refuse to take away what is not there, and an order that is not of all entries", () => {
    const refused = derive(nationalEdition, {
      ...identity,
      thresholds: { marks: null } as NonNullable<EditionChanges["thresholds"]>,
      forms: { t77: null, $order: ["t01", "t01", "t78"] },
    });
    if (refused.ok) throw new Error("It was derived.");
    expect(refused.error.map(({ path }) => path).toSorted()).toEqual([
      "forms.$order",
      "forms.t77",
      "thresholds.marks",
    ]);
    expect(refused.error.find(({ path }) => path === "forms.$order")?.message).toBe(
      "顺序须把每一项各写一次：缺“t02”“t03”“t04”“t05”“t06”“t07”“t08”“t09”“t10”，没有名为“t78”的项，“t01”写了两次。",
    );
  });

  it("that make no edition are named by the loader, at their path", () => {
    const loaded = loadEdition(derived(nationalEdition, { budgetedCodes: { table: "t77" } }));
    expect(loaded).toEqual({
      ok: false,
      error: [{ path: "budgetedCodes.table", message: "没有编号为“t77”的表。" }],
    });
  });
});

describe("differences in words", () => {
  const inWords = (changes: Omit<EditionChanges, keyof typeof identity>) => {
    const same = { name: nationalEdition.name, year: nationalEdition.year };
    return differencesBetween(nationalEdition, { ...derived(nationalEdition, changes), ...same });
  };

  it("name the place, what was and what is", () => {
    expect(inWords({ forms: { t02: { orientation: "portrait", columnNumbers: null } } })).toEqual([
      { place: ["报表", "收入决算表", "纸张方向"], before: "横向", after: "纵向" },
      { place: ["报表", "收入决算表", "栏次"], before: "是" },
    ]);
  });

  it("state an added and a removed entry once, and a new order", () => {
    const t11 = { ...nationalEdition.forms[9], id: "t11", title: "新表" } as const;
    const found = inWords({
      forms: { t10: null, t11 },
      glossary: { 基本支出: null },
    });
    expect(
      found.map(({ place, before, after }) => [place.join(), before?.length, after?.length]),
    ).toEqual([
      ["报表,国有资产占有使用情况", expect.any(Number), undefined],
      ["报表,新表", undefined, expect.any(Number)],
      ["名词解释,基本支出", expect.any(Number), undefined],
    ]);
    const order = ["t02", "t01", ...nationalEdition.forms.slice(2).map(({ id }) => id)];
    expect(inWords({ forms: { $order: order } }).map(({ place }) => place)).toEqual([
      ["报表", "顺序"],
    ]);
  });

  it("find every change that there is", () => {
    for (const edition of editions) {
      const same = { id: edition.id, name: nationalEdition.name, year: nationalEdition.year };
      const { sources: _, ...changes } = changesBetween(nationalEdition, edition);
      const hasChanges = Object.keys(changes).length > 3;
      const found = differencesBetween(nationalEdition, { ...edition, ...same });
      expect(found.length > 0).toBe(hasChanges);
    }
  });
});

type FormData = EditionData["forms"][number];

function rowsOf(form: FormData) {
  const rows = form.blocks[0]?.rows;
  return rows === undefined || rows === "by-function-code" ? [{ key: "none" }] : rows;
}

function changedForm(
  form: FormData,
  { rows, ...members }: { readonly rows: readonly { readonly key: string }[] },
): FormData {
  const [first, ...others] = form.blocks;
  if (first === undefined || first.rows === "by-function-code") return { ...form, ...members };
  return {
    ...form,
    ...members,
    blocks: [{ ...first, rows: rows as typeof first.rows }, ...others],
  };
}

import { expect, it } from "vitest";
import { derive } from "../../../../shared/editions/derive.ts";
import { changesBetween } from "../../../../shared/editions/changes-between.ts";
import type { EditionData } from "../../../../shared/editions/edition-data.ts";
import { loadEdition } from "../../../../shared/editions/load-edition.ts";
import { editionData } from "../../../../shared/editions/counted-edition.ts";
import { tracedSources } from "../../../../shared/editions/source-list.ts";
import { statedDocument, withDocument } from "../../../../web/staff/editions/own-sources.ts";
import { shippedEdition } from "../../../examples/editions.ts";

const base = editionData(shippedEdition("national-2025"));
const madeOf = (changes: object): EditionData => {
  const made = derive(base, { id: "own-2030", name: "甲", year: 2030, ...changes });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value as EditionData;
};
const own = madeOf({ forms: { t02: { title: "收入情况表" }, t03: { title: "支出情况表" } } });
const [t02, t03] = [
  { kind: "table", id: "t02" },
  { kind: "table", id: "t03" },
] as const;
const sentence = { kind: "sentence", id: "income.composition" } as const;
const title = "某财决〔2030〕1号";

it("a document is stated of tables and sentences, named once, and kept with the draft", () => {
  const stated = withDocument(withDocument(own, [t02], title), [t03, sentence], title);
  expect(Object.values(stated.sources?.documents ?? {})).toEqual([{ title }]);
  for (const item of [t02, t03, sentence]) expect(statedDocument(stated, item)).toBe(title);
  expect(loadEdition(stated).ok).toBe(true);
  expect(madeOf(changesBetween(base, stated))).toEqual(stated);
  const known = tracedSources([stated, base]).filter(({ statedIn }) => statedIn === stated);
  expect(known.map(({ id }) => id)).toEqual(["t02", "t03", "income.composition"]);
});

it("nothing is left of a document that nothing names any more", () => {
  const stated = withDocument(own, [t02], title);
  const other = withDocument(withDocument(stated, [t03], "另一份文件"), [t02], "");
  expect(Object.values(other.sources?.documents ?? {})).toEqual([{ title: "另一份文件" }]);
  expect(withDocument(other, [t03], "")).toEqual(own);
});

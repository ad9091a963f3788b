import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../shared/editions/changes-between.ts";
import { derive } from "../../../shared/editions/derive.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { nationalEdition } from "../../../shared/editions/national/edition.ts";
import {
  sourceList,
  standingOf,
  tracedSources,
  unsourced,
} from "../../../shared/editions/source-list.ts";
import { sourcedEditions, sourcesDocument } from "./sources-document.ts";

describe("the sources of a shipped edition", () => {
  it.each(sourcedEditions())("$edition.id states one for all it has of its own", (sourced) => {
    const { edition, items } = sourced;
    expect(unsourced(items).map(({ id }) => id)).toEqual([]);
    const {
      documents = {},
      layout = [],
      tables = {},
      chapters = {},
      sentences = {},
    } = edition.sources ?? {};
    const stated = [
      ...layout,
      ...Object.values(tables).flatMap((one) => one ?? []),
      ...Object.values(chapters),
      ...Object.values(sentences),
    ];
    for (const source of stated) {
      if ("printed" in source) expect(documents).toHaveProperty(source.printed);
      if ("listed" in source) expect(documents).toHaveProperty(source.listed);
    }
    const ids = new Set(items.map(({ id }) => id));
    for (const id of [...Object.keys(tables), ...Object.keys(sentences)]) {
      expect(ids, id).toContain(id);
    }
  });

  it("are stated where its order, titles or style are its own", () => {
    const editions = new Map(sourcedEditions().map(({ edition }) => [edition.id, edition]));
    for (const edition of editions.values()) {
      const base = editions.get(edition.base ?? "");
      if (base === undefined) continue;
      const changes = changesBetween(base, edition);
      const ofLayout = ["parts", "contents", "figures", "cover"].filter((one) => one in changes);
      if (ofLayout.length > 0) expect(edition.sources?.layout, edition.id).toBeDefined();
    }
  });

  it("are printed in docs/edition-sources.md", async () => {
    const printed = await format(sourcesDocument(), { parser: "markdown", printWidth: 100 });
    await expect(printed).toMatchFileSnapshot("../../../docs/edition-sources.md");
  });
});

describe("what is known of an edition's tables and sentences", () => {
  const shipped = new Map(sourcedEditions().map(({ edition }) => [edition.id, edition]));
  const lineOf = (edition: EditionData): EditionData[] => {
    const base = shipped.get(edition.base ?? "");
    return base === undefined ? [edition] : [edition, ...lineOf(base)];
  };

  it("is traced through its bases to whoever states it", () => {
    for (const edition of shipped.values()) {
      const traced = tracedSources(lineOf(edition));
      expect(traced.filter(({ statedIn }) => statedIn === undefined)).toEqual([]);
    }
  });

  it("is nothing of what an edition has otherwise and does not state", () => {
    const base = shipped.get("national-2025");
    if (base === undefined) throw new Error("It is shipped.");
    const made = derive(base, {
      ...{ id: "own-2030", name: "甲", year: 2030 },
      forms: { t02: { title: "收入情况表" } },
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const traced = tracedSources([made.value as EditionData, ...lineOf(base)]);
    const own = traced.filter(({ statedIn }) => statedIn === undefined);
    expect(own.map(({ kind, id, sources }) => [kind, id, sources])).toEqual([["table", "t02", []]]);
    expect(traced.find(({ id }) => id === "t01")?.statedIn?.id).not.toBe("own-2030");
  });
});

describe("a list of sources", () => {
  const derived = (changes: object): EditionData => {
    const made = derive(nationalEdition, { id: "own-2030", name: "甲", year: 2030, ...changes });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value as EditionData;
  };
  const itemsOf = (changes: object) => sourceList(derived(changes), nationalEdition);
  const find = (items: ReturnType<typeof itemsOf>, id: string) => {
    const item = items.find((one) => one.id === id);
    if (item === undefined) throw new Error(id);
    return item;
  };

  it("takes over what is the base's, though that was seen in print", () => {
    const items = itemsOf({});
    expect(unsourced(items)).toEqual([]);
    expect(new Set(items.map(standingOf))).toEqual(new Set(["taken_over"]));
    expect(find(items, "t01").takenFrom).toBe("national-2022");
  });

  it("finds a changed table and a changed sentence without a source", () => {
    const text = "本年收入合计{金额 本年收入合计}。";
    const items = itemsOf({
      forms: { t02: { title: "收入表" } },
      sentences: {
        narrative: {
          income: { paragraphs: { 0: { sentences: { "income.composition": { text } } } } },
        },
      },
    });
    expect(unsourced(items).map(({ id }) => id)).toEqual(["t02", "income.composition"]);
  });

  it("prefers what was seen, and a sentence's own source to its chapter's", () => {
    const items = itemsOf({
      forms: { t02: { title: "收入表" } },
      sources: {
        documents: { seen: { title: "某报告" } },
        tables: { t02: [{ accounts: "收入决算表" }, { listed: "seen" }] },
        chapters: { income: { unverified: "未见" } },
        sentences: { "income.composition": { printed: "seen" } },
      },
    });
    expect(standingOf(find(items, "t02"))).toBe("listed");
    expect(standingOf(find(items, "income.composition"))).toBe("printed");
  });
});

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { editionDataSchema } from "../../../shared/editions/edition-data.ts";
import { loadEdition, loadSoundEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

const data = (): z.infer<typeof editionDataSchema> => {
  const [edition] = shippedEditions.all;
  if (edition === undefined) throw new Error("No edition is shipped.");
  return structuredClone(editionData(edition)) as z.infer<typeof editionDataSchema>;
};

const faultsOf = (changed: unknown) => {
  const loaded = loadEdition(changed);
  return loaded.ok ? [] : loaded.error;
};

describe("an edition written as JSON", () => {
  it.each(shippedEditions.all)("is read back as the same edition: $id", (edition) => {
    const text = JSON.stringify(editionData(edition));
    expect(loadEdition(JSON.parse(text))).toEqual({ ok: true, value: edition });
  });

  it("keeps the order of its code tables, which numbers as keys of an object would not", () => {
    for (const edition of shippedEditions.all) {
      const loaded = loadSoundEdition(JSON.parse(JSON.stringify(editionData(edition))));
      expect([...loaded.functionCodes.keys()]).toEqual([...edition.functionCodes.keys()]);
    }
  });

  it("names what it does not know, at its path", () => {
    expect(faultsOf({ ...data(), colour: "red" })).toEqual([
      { path: "", message: expect.stringContaining("colour") as string },
    ]);
    const changed = data();
    expect(faultsOf({ ...changed, thresholds: { change: changed.thresholds.change } })).toEqual([
      { path: "thresholds.completion", message: expect.any(String) as string },
    ]);
  });

  it("refuses a table, a row and a column that is there twice", () => {
    const twice = data();
    const [first] = twice.forms;
    if (first !== undefined) twice.forms.push(first);
    expect(faultsOf(twice)).toEqual([
      {
        path: "forms[10].id",
        message: "“t01”出现了两次。每张表的编号须不同，请改其中一张的编号，或删去一张。",
      },
    ]);

    const rows = data();
    const block = rows.forms[0]?.blocks[0];
    if (block === undefined || block.rows === "by-function-code") throw new Error("No rows.");
    const [row] = block.rows;
    if (row !== undefined) block.rows.push(row);
    expect(faultsOf(rows)).toEqual([
      {
        path: "forms[0].blocks[0].rows[12].key",
        message: "行“general”出现了两次。请改其中一行的编号，或删去一行。",
      },
    ]);

    const columns = data();
    const [column] = columns.forms[1]?.blocks[0]?.columns ?? [];
    if (column !== undefined) columns.forms[1]?.blocks[0]?.columns.push(column);
    expect(faultsOf(columns)).toEqual([
      {
        path: "forms[1].blocks[0].columns[7].key",
        message: "“total”出现了两次。请改其中一栏的编号，或删去一栏。",
      },
    ]);
  });

  it("refuses a dash in a column that the block has not", () => {
    const changed = data();
    const block = changed.forms[0]?.blocks[0];
    if (block === undefined || block.rows === "by-function-code") throw new Error("No rows.");
    block.rows[0] = { key: "general", name: "一般公共预算", dashes: ["basic"] };
    expect(faultsOf(changed)).toEqual([
      {
        path: "forms[0].blocks[0].rows[0].dashes",
        message: "没有名为“basic”的栏。请改为本栏组有的栏，或删去。",
      },
    ]);
  });

  it("refuses a head whose rows are not of one width, or that spans past its end", () => {
    const narrow = data();
    narrow.forms[0]?.head[1]?.pop();
    expect(faultsOf(narrow)).toEqual([
      { path: "forms[0].head[1]", message: "表头这一行合计 5 栏，第一行是 6 栏。" },
    ]);
    const tall = data();
    const [cell] = tall.forms[0]?.head[1] ?? [];
    if (cell !== undefined) cell.rowspan = 2;
    expect(faultsOf(tall)).toEqual([
      { path: "forms[0].head[1]", message: "表头单元格跨的行多于表头的行数。" },
    ]);
  });

  it("refuses parts that leave out a content, hold one twice, or name chapters that are not there", () => {
    const messages = (parts: readonly unknown[]) =>
      faultsOf({ ...data(), parts }).map(({ path, message }) => `${path} ${message}`);
    const [overview, tables, narrative, glossary] = data().parts;
    expect(messages([overview, narrative, glossary])).toEqual([
      "parts “决算表”应在且只在一个部分中。",
    ]);
    const again = { ...tables, id: "again" };
    expect(messages([overview, tables, again, narrative, glossary])).toEqual([
      "parts “决算表”应在且只在一个部分中。",
    ]);
    expect(messages([overview, tables, narrative, glossary, glossary])).toContain(
      "parts[4].id “glossary”出现了两次。请改其中一个部分的编号，或删去一个。",
    );
    const own = { ...narrative, id: "own", title: "专章", chapters: ["income", "nowhere"] };
    expect(messages([overview, tables, narrative, own, own, glossary])).toEqual(
      expect.arrayContaining([
        "parts “专章”所列的章“nowhere”不在情况说明中。",
        "parts 章“income”列在了两个部分中。",
      ]),
    );
    expect(messages([overview, tables, own, glossary])).toContain(
      "parts 应有且只有一个不列章的部分，收没有另列的情况说明各章。",
    );
    expect(messages([overview, { ...tables, chapters: ["income"] }, narrative, glossary])).toEqual([
      `parts “${String(tables?.title)}”不是情况说明，不能列章。`,
    ]);
    expect(messages([{ ...overview, title: "{单位}概况" }, tables, narrative, glossary])).toEqual([
      "parts[0].title 标题中只能用 {机构名称}、{年} 和 {部门}。",
    ]);
  });

  it("refuses a first part that continues another, and tables that do", () => {
    const messages = (parts: readonly unknown[]) =>
      faultsOf({ ...data(), parts }).map(({ message }) => message);
    const [overview, tables, narrative, glossary] = data().parts;
    const continues = (part: unknown) => ({ ...(part as object), continues: true });
    expect(messages([overview, tables, continues(narrative), continues(glossary)])).toEqual([]);
    expect(messages([continues(overview), tables, narrative, glossary])).toEqual([
      `“${String(overview?.title)}”是第一个部分，不能并入前一部分。`,
    ]);
    expect(messages([overview, continues(tables), narrative, glossary])).toEqual([
      `“${String(tables?.title)}”是决算表或附件，须自成一个部分。`,
    ]);
  });

  it("refuses a cover line that names what nobody knows", () => {
    const cover = (above: string) => faultsOf({ ...data(), cover: { ...data().cover, above } });
    expect(cover("监督索引号{监督索引号}")).toEqual([]);
    expect(cover("编号{编号}")).toEqual([
      {
        path: "cover.above",
        message: "封面上的字只能用 {机构名称}、{年}、{部门} 和 {监督索引号}。",
      },
    ]);
  });

  it("refuses a table by code without 合计, and a statutory table without its total row", () => {
    const byCode = data();
    const [, income] = byCode.forms;
    if (income !== undefined) delete income.totalRow;
    expect(faultsOf(byCode)).toEqual([
      {
        path: "forms[1].totalRow",
        message:
          "“收入决算表”按支出功能分类科目填列，没有合计行。请写明合计行在前（first）或在后（last）。",
      },
    ]);
    const fixed = data();
    const block = fixed.forms[0]?.blocks[0];
    if (block === undefined || block.rows === "by-function-code") throw new Error("No rows.");
    block.rows = block.rows.filter(({ key }) => key !== "income_total");
    expect(faultsOf(fixed)).toContainEqual({
      path: "forms[0].blocks",
      message:
        "“收入支出决算总表”没有合计行“本年收入合计”（income_total）。请补上这一行，勾稽关系和文字说明都要用它。",
    });
  });

  it("names a quantity that a template does not know, at its line and character", () => {
    const changed = data();
    const [chapter] = changed.sentences.narrative;
    const [paragraph] = chapter?.paragraphs ?? [];
    const [sentence] =
      paragraph !== undefined && "sentences" in paragraph ? paragraph.sentences : [];
    if (sentence === undefined || !("text" in sentence)) throw new Error("No sentence.");
    sentence.text = "本年收入{金额 本年收人合计}。";
    const [fault] = faultsOf(changed);
    expect(fault?.path).toContain("sentences.narrative[0]");
    expect(fault?.message).toContain("没有名为“本年收人合计”的数字");
  });

  it("refuses to ask for the budget by the codes of a table it has not", () => {
    const changed = { ...data(), budgetedCodes: { table: "t11", digits: 3 } };
    expect(faultsOf(changed)).toEqual([
      { path: "budgetedCodes.table", message: "没有编号为“t11”的表。" },
    ]);
  });

  it("may state which sheets of the accounts its tables follow from, and names what there is not", () => {
    const sheet = {
      ...{ number: "财决90", title: "本市补充表", rows: "lines" as const },
      sources: [{ printed: "notice" }],
    };
    const documents = { notice: { title: "本市的编制说明" } };
    const feed = { sheet: "财决90", lines: { final: "决算数" }, only: ["general"] };
    const sound = { documents, sheets: [sheet], tables: { t01: [feed] } };
    expect(faultsOf({ ...data(), accounts: sound })).toEqual([]);
    const unsound = {
      sheets: [sheet],
      tables: {
        t01: [{ ...feed, sheet: "财决91", lines: { last: "决算数" }, only: ["nobody"] }],
        t02: [{ sheet: "财决03", economic: "total" }],
        t99: [feed],
      },
    };
    expect(faultsOf({ ...data(), accounts: unsound })).toEqual([
      {
        path: "accounts.sheets[0].sources",
        message: "没有名为“notice”的材料。请在 documents 中写明它的题名。",
      },
      {
        path: "accounts.tables.t01[0].sheet",
        message: "没有编号为“财决91”的账表。请改为已列的账表，或在 sheets 中写明它。",
      },
      { path: "accounts.tables.t01[0]", message: "没有名为“last”的栏。请改为表中有的栏，或删去。" },
      {
        path: "accounts.tables.t01[0]",
        message: "没有名为“nobody”的行。请改为表中有的行，或删去。",
      },
      { path: "accounts.tables.t02[0]", message: "《收入决算表》的行按科目，应写 codes。" },
      { path: "accounts.tables.t99", message: "没有编号为“t99”的表。请改为本版式有的表，或删去。" },
    ]);
  });

  it("throws with every fault where the data is part of the program", () => {
    expect(() => loadSoundEdition({ ...data(), year: 1900, name: "" })).toThrow(
      /name: .*\nyear: /u,
    );
  });
});

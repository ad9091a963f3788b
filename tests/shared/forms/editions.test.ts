import { describe, expect, it } from "vitest";
import { parseCellAddress } from "../../../shared/forms/cell.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";
import { budgetOfCode } from "../../../shared/forms/codes/budget-of-code.ts";
import { outOfYear } from "../../../shared/forms/codes/code-history.ts";
import { codeTable, parentCode } from "../../../shared/forms/codes/code-table.ts";
import { economicCodes2022 } from "../../../shared/editions/national/codes/economic-2022.ts";
import { functionCodes2022 } from "../../../shared/editions/national/codes/function-2022.ts";
import { functionCodesOfYear } from "../../../shared/editions/national/codes/function-codes.ts";
import { functionCodeChanges } from "../../../shared/editions/national/codes/yearly-changes.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { expenseClasses } from "../../../shared/editions/national/row-sets.ts";
import type { Block, Edition, Form, HeadCell } from "../../../shared/forms/form.ts";
import { fixedRows } from "../../../shared/forms/layout.ts";

const forms = shippedForms.map(
  ({ edition, form }) => [`${edition.id} ${form.id}`, form, edition] as const,
);

describe.each(forms)("%s", (_, form, edition) => {
  it("has a head whose cells fill the width of the table exactly", () => {
    expect(headGrid(form.head)).toEqual(
      Array.from({ length: form.head.length }, () => widthOf(form)),
    );
  });

  it("numbers every value column in the 栏次 line, or none", () => {
    const columns = form.blocks.flatMap((block) => block.columns);
    const numbers = columns.map((column) => column.number);
    if (form.columnNumbers === undefined) {
      expect(numbers.every((number) => number === undefined)).toBe(true);
      return;
    }
    expect(form.columnNumbers).toHaveLength(widthOf(form));
    expect(numbers).toEqual(columns.map((__, index) => index + 1));
    const printed = form.columnNumbers
      .map(({ text }) => text)
      .filter((text) => /^\d+$/u.test(text));
    expect(printed).toEqual(numbers.map(String));
  });

  it("has unique rows and columns, dashes only in its own columns", () => {
    const rows = fixedRows(form);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    for (const block of form.blocks) {
      const keys = block.columns.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const row of ownRows(block)) {
        for (const dashed of row.dashes ?? []) expect(keys).toContain(dashed);
      }
    }
  });

  it("has addresses that a comment, a link or a finding can carry", () => {
    for (const block of form.blocks) {
      const keys = block.rows === "by-function-code" ? ["total"] : ownRows(block).map((r) => r.key);
      for (const row of keys) {
        for (const column of block.columns) {
          const ref = { table: form.id, row, column: column.key };
          expect(parseCellAddress(`${ref.table}/${ref.row}/${ref.column}`)).toEqual(ref);
        }
      }
    }
  });

  it("prints 行次 without a gap", () => {
    const lines = form.blocks.flatMap((block) =>
      block.rows === "by-function-code" ? [] : block.rows.map((row) => row.line),
    );
    const numbered = lines.filter((line) => line !== undefined);
    expect(numbered).toEqual(numbered.map((__, index) => index + 1));
  });

  it("takes names of codes from the table of its year", () => {
    if (form.blocks.some((block) => block.rows === "by-function-code")) {
      expect(form.codeNames).toBe(edition.functionCodes);
    }
    for (const row of fixedRows(form)) {
      if (row.code !== undefined) expect(row.name).toBe(edition.economicCodes.get(row.code));
    }
  });
});

describe("the editions", () => {
  it("print as many tables as their regions do, in their order and numbered by it", () => {
    const printed = (id: string) => edition(id).forms.filter(({ unprinted }) => unprinted !== true);
    const expected = {
      "national-2022": "t01 t02 t03 t04 t05 t06 t07 t08 t09",
      "national-2025": "t01 t02 t03 t04 t05 t06 t07 t08 t09",
      "jiangxi-2025": "t01 t02 t03 t04 t05 t06 t07 t08 t09 t10",
      "shanghai-2025": "t01 t02 t03 t04 t05 t06 t09 t07 t08",
      "beijing-2024": "t01 t02 t03 t04 t05 t06 t07 t12 t08 t09 t13 t14",
      "guangdong-2024": "t01 t02 t03 t04 t05 t06 t09 t07 t08",
      "guizhou-2024": "t01 t02 t03 t04 t19 t05 t06 t07 t08 t09",
      "hunan-2024": "t01 t02 t03 t04 t05 t06 t07 t08 t09",
      "sichuan-2024": "t01 t02 t03 t04 t15 t05 t16 t06 t17 t07 t18 t08 t09",
      "yunnan-2024": "t01 t02 t03 t04 t05 t06 t17 t07 t08 t09 t20",
    };
    for (const [id, tables] of Object.entries(expected)) {
      const forms = printed(id);
      expect(forms.map((form) => form.id).join(" "), id).toBe(tables);
      const numbers = forms.flatMap(({ number = [] }) => number);
      const inOrder = numbers.map((_, at) => `公开${String(at + 1).padStart(2, "0")}表`);
      expect(numbers, id).toEqual(inOrder);
    }
  });

  it("call a table of several editions by one id, whatever its number there", () => {
    const titles = new Map<string, Set<string>>();
    for (const { forms } of shippedEditions.all) {
      for (const { id, title } of forms.filter((form) => form.id > "t10")) {
        titles.set(id, (titles.get(id) ?? new Set()).add(title));
      }
    }
    expect([...titles.values()].map(({ size }) => size)).toEqual([...titles].map(() => 1));
  });

  it("number the lines of the Jiangxi tables as the national form does", () => {
    const line = (form: string, row: string) =>
      fixedRows(formOf(edition("jiangxi-2022"), form)).find(({ key }) => key === row)?.line;
    const expected = {
      t01: { general: 1, other: 8, income_total: 27, opening: 29, income_sum: 31, "201": 32 },
      t04: { income_total: 27, opening: 28, opening_capital: 31, income_sum: 32, "201": 33 },
      t09: { total: 1, reception: 6, stats: 10, vehicles_kept: 14, overseas_persons: 20 },
      t10: { vehicles_total: 1, equipment: 10 },
    };
    for (const [form, rows] of Object.entries(expected)) {
      for (const [row, number] of Object.entries(rows)) expect(line(form, row)).toBe(number);
    }
    expect(line("t01", "208")).toBe(39);
    expect(line("t01", "234")).toBe(57);
    expect(line("t01", "expense_total")).toBe(58);
    expect(line("t01", "closing")).toBe(60);
    expect(line("t01", "expense_sum")).toBe(62);
    expect(line("t04", "expense_total")).toBe(59);
    expect(line("t04", "expense_sum")).toBe(64);
  });

  it("name the 26 classes in order", () => {
    const names = fixedRows(formOf(edition("jiangxi-2022"), "t01"))
      .filter(({ key }) => /^\d{3}$/u.test(key))
      .map(({ name }) => name);
    expect(names).toHaveLength(26);
    expect(names.slice(0, 2)).toEqual(["一、一般公共服务支出", "二、外交支出"]);
    expect(names[9]).toBe("十、节能环保支出");
    expect(names.slice(-2)).toEqual(["二十五、债务付息支出", "二十六、抗疫特别国债安排的支出"]);
    expect(expenseClasses).toHaveLength(26);
  });

  it("leave no basic expense of the national form without its class", () => {
    const rows = fixedRows(formOf(edition("jiangxi-2022"), "t06"));
    for (const { code } of rows) {
      const parent = code === undefined ? undefined : parentCode(code);
      if (parent !== undefined) expect(rows.some(({ key }) => key === parent)).toBe(true);
    }
    const classes = rows.filter(({ code }) => code?.length === 3).map(({ key }) => key);
    expect(classes).toEqual(["301", "303", "302", "307", "310", "312", "399"]);
  });

  it("explain the terms the tables use, and none of a central department", () => {
    for (const { glossary } of shippedEditions.all) {
      const terms = glossary.map(({ term }) => term);
      expect(new Set(terms).size).toBe(terms.length);
      for (const term of ["年初结转和结余", "年末结转和结余", "机关运行经费"]) {
        expect(terms).toContain(term);
      }
      const text = JSON.stringify(glossary);
      for (const old of ["用事业基金", "中央部门", "中央财政", "结转下年"]) {
        expect(text).not.toContain(old);
      }
    }
    expect(edition("jiangxi-2022").glossary.map(({ term }) => term)).toContain(
      "使用非财政拨款结余",
    );
  });
});

describe("the code tables", () => {
  const functionCodes2024 = functionCodesOfYear(2024) ?? new Map<string, string>();

  it.each([
    ["function 2022", functionCodes2022],
    ["function 2024", functionCodes2024],
    ["function 2025", functionCodesOfYear(2025) ?? new Map<string, string>()],
    ["economic", economicCodes2022],
  ])("of %s ascend, and no code lacks what it is summed up in", (_, codes) => {
    const keys = [...codes.keys()];
    expect(keys).toEqual(keys.toSorted());
    for (const code of keys) {
      const parent = parentCode(code);
      if (parent !== undefined) expect(codes.has(parent), code).toBe(true);
    }
  });

  it("are those of the year, none of the years with other names", () => {
    expect(functionCodesOfYear(2020)).toBeUndefined();
    expect(functionCodesOfYear(2021)).toBe(functionCodes2022);
    expect(functionCodesOfYear(2023)).toBe(functionCodes2022);
    expect(functionCodesOfYear(2030)).toBe(functionCodesOfYear(2025));
    for (const { id, year } of shippedEditions.listed) {
      expect(edition(id).functionCodes, id).toEqual(functionCodesOfYear(year));
    }
  });

  it("name the notice of each change, and a 文号 only where one was found", () => {
    for (const { year, document, documentNumber, codes } of functionCodeChanges) {
      expect(document).toContain("政府收支分类科目");
      expect(documentNumber ?? "财预〔2025〕41号").toMatch(/^财预〔\d{4}〕\d+号$/u);
      for (const code of Object.keys(codes)) {
        expect(functionCodesOfYear(year - 1)?.has(code), code).toBe(false);
        expect(functionCodesOfYear(year)?.has(code), code).toBe(true);
      }
    }
  });

  it.each([
    ["22006", 2024],
    ["22198", 2024],
    ["2170404", 2025],
    ["22911", 2025],
    ["23107", 2025],
  ])("give %s to the fund budget from %s on", (code, year) => {
    expect(budgetOfCode(code, year)).toBe("fund");
    expect(budgetOfCode(code, year - 1)).toBeUndefined();
    expect(outOfYear(code, year - 1)?.from).toBe(year);
    expect(outOfYear(code, year)).toBeUndefined();
  });

  it("keep a year's own codes out of an earlier year", () => {
    expect(functionCodes2022.has("20139")).toBe(false);
    expect(functionCodes2024.get("20139")).toBe("社会工作事务");
    expect(functionCodes2022.has("22198")).toBe(false);
    expect(functionCodes2024.has("22198")).toBe(true);
    expect(functionCodes2024.get("2010601")).toBe(functionCodes2022.get("2010601"));
  });

  it("refuse a malformed or doubled line when they are read", () => {
    expect(() => codeTable("2010 四位")).toThrow(/2010 四位/u);
    expect(() => codeTable("201")).toThrow(/201/u);
    expect(() => codeTable("201 甲\n201 乙")).toThrow(/201 乙/u);
  });
});

function edition(id: string): Edition {
  const found = shippedEditions.byId(id);
  if (found === undefined) throw new Error(id);
  return found;
}

function formOf({ forms }: Edition, id: string): Form {
  const form = forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(id);
  return form;
}

const ownRows = (block: Block) =>
  block.rows === "by-function-code" ? [] : block.rows.filter((row) => "key" in row);

/** Printed columns; a transposed form prints its rows' values only. */
function widthOf(form: Form): number {
  return form.blocks.reduce((width, block) => {
    if (form.layout !== "transposed") return width + block.lead.length + block.columns.length;
    const printed = ownRows(block).filter(({ unprinted }) => unprinted !== true);
    return width + printed.length * block.columns.length;
  }, 0);
}

/** Columns that each head line fills, counting cells that reach down from above. */
function headGrid(head: readonly (readonly HeadCell[])[]): number[] {
  const filled = head.map(() => 0);
  head.forEach((line, top) => {
    for (const { colspan = 1, rowspan = 1 } of line) {
      expect(top + rowspan).toBeLessThanOrEqual(head.length);
      for (let at = top; at < top + rowspan; at += 1) filled[at] = (filled[at] ?? 0) + colspan;
    }
  });
  return filled;
}

import { describe, expect, it } from "vitest";
import { proposalOf } from "../../../shared/accounts/proposal.ts";
import { readAccounts } from "../../../shared/accounts/read-accounts.ts";
import { isOfAccounts } from "../../../shared/accounts/sheet-name.ts";
import { accountsOf as mappingOf } from "../../../shared/editions/accounts-of.ts";
import { isRefusal, validateTable } from "../../../shared/forms/canonical-table.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { accountsOf } from "../../examples/accounts/made-accounts.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { caseCount } from "../../case-count.ts";
import { createRandom, type Random } from "../../random.ts";

const unit = loadExampleUnit("137001");
const { edition, sections } = unit;
const accounts = mappingOf(edition);

const strange: readonly [GridValue, ...GridValue[]] = [
  ...(["合计", "栏次", "项目", "行次", "财决04表", "2022年度", "类", "", " ", "——"] as const),
  ...[201, "2010301", "20103010", "9999999", "一、", "（一）", "－1.5", "1e9", "0x10", 1e300],
  ...[-0, Number.MAX_SAFE_INTEGER, "９９", "12,34", "=1+1", { formula: "NOW()" }, null],
  ...["元", "金额单位：万元", "编制单位：", "__proto__", "constructor", "收入", "支出", "小计"],
];

/** The sheets with cells, rows and merges changed at random. */
function damaged(grids: readonly SheetGrid[], random: Random): SheetGrid[] {
  return grids.map((grid) => {
    const rows = grid.rows.map((row) => [...row]);
    for (let count = random.below(12); count > 0; count -= 1) {
      const at = random.below(rows.length);
      const row = rows[at] ?? [];
      if (random.chance(0.6)) row[random.below(row.length + 2)] = random.pick(strange);
      else if (random.chance(0.3)) rows.splice(at, 1);
      else if (random.chance(0.5)) rows.splice(at, 0, [...row]);
      else rows.splice(at, 0, []);
    }
    const from = { row: random.below(12), column: random.below(8) };
    const to = { row: from.row + random.below(4), column: from.column + random.below(4) };
    const merges = random.chance(0.3) ? [...grid.merges, { from, to }] : grid.merges;
    return { name: random.chance(0.2) ? "Sheet" : grid.name, rows, merges };
  });
}

describe("damaged accounts", () => {
  it("give tables that may be kept, or words about what they are, and never end the reader", () => {
    for (let seed = 1; seed <= caseCount(60); seed += 1) {
      const grids = damaged(accountsOf(unit), createRandom(seed));
      const draft = (id: Parameters<typeof tableIn>[1]) => tableIn(sections, id);
      isOfAccounts(accounts, grids, []);
      const reading = readAccounts({ edition, accounts }, grids, ({ id }) => draft(id));
      for (const { form, table } of reading.tables) {
        const refused = validateTable(edition, form, table).filter(isRefusal);
        expect(refused, `seed ${String(seed)}, ${form.title}`).toEqual([]);
      }
      const { contradictions, unplaced, untouched } = proposalOf(edition, reading, draft);
      for (const { where, message } of [...contradictions, ...unplaced]) {
        expect(where, `seed ${String(seed)}`).not.toBe("");
        expect(message, `seed ${String(seed)}`).toMatch(/。$/u);
        expect(message).not.toContain("undefined");
      }
      for (const { why } of untouched) expect(why).toMatch(/。$/u);
    }
  });

  it("of as many rows and columns as a file may have are read to their end", () => {
    const head = [
      "科目编码",
      "科目名称",
      ...Array.from({ length: 150 }, (_, at) => `栏${String(at)}`),
    ];
    const body = Array.from({ length: 12_000 }, (_, at) => [
      String(2_010_000 + (at % 3_000)),
      "名称",
      ...Array.from({ length: 150 }, () => 1),
    ]);
    const wide = [["支出决算表"], ["财决04表"], ["金额单位：元"], head, ...body];
    const named = head.map((name, at) => (at === 2 ? "本年支出合计" : name));
    const grid = { name: "a", rows: wide.map((row) => (row === head ? named : row)), merges: [] };
    const lines = {
      ...{ name: "b", merges: [] },
      rows: [
        ...[["收入支出决算总表"], ["财决01表"], ["金额单位：元"]],
        ["收入", "收入", "收入"],
        ["项目", "行次", "决算数"],
        ...Array.from({ length: 12_000 }, (_, at) => ["四、上级补助收入", at, at]),
      ],
    };
    const reading = readAccounts({ edition, accounts }, [grid, lines], () => ({ rows: [] }));
    const { unplaced } = proposalOf(edition, reading, () => ({ rows: [] }));
    // 3,000 codes four times each, and one name on every line.
    expect(unplaced.filter(({ message }) => message.includes("出现了 4 次"))).toHaveLength(3_000);
    expect(unplaced.some(({ message }) => message.includes("出现了 12000 次"))).toBe(true);
  });
});

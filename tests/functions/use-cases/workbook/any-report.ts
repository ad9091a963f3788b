import fc from "fast-check";
import { canonicalTable, isByCode } from "../../../../shared/forms/canonical-table.ts";
import type { Edition, Form } from "../../../../shared/forms/form.ts";
import { fixedRows } from "../../../../shared/forms/layout.ts";
import type { Report } from "../../../../shared/report/report.ts";
import type { TableData } from "../../../../shared/forms/table-data.ts";
import type { Sections } from "../../../../shared/report/sections.ts";
import { emptySections } from "../../../../shared/report/section-ids.ts";

/** Reports with any figures in any cells, sums that hold and sums that do not. */
export const anyReport = (edition: Edition): fc.Arbitrary<Report> =>
  fc
    .record({
      enteredIn: fc.constantFrom("yuan", "wan"),
      ...Object.fromEntries(edition.forms.map((form) => [form.id, anyTable(edition, form)])),
    })
    .map(({ enteredIn, ...tables }) => ({
      identity: {
        region: "360200",
        year: edition.year,
        orgCode: "137001",
        orgName: "=某市某局（本级）",
        kind: "unit",
      },
      edition,
      sections: {
        ...emptySections,
        ...(tables as Partial<Sections>),
        facts: { ...emptySections.facts, enteredIn: enteredIn },
      },
    }));

const amount = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.integer({ min: -99_999_999_999_999, max: 999_999_999_999_999 }),
  fc.maxSafeInteger(),
  fc.integer({ min: -100, max: 100 }).map((wan) => wan * 1_000_000),
);
const count = fc.option(fc.nat({ max: 9_999 }), { nil: undefined });

function anyTable(edition: Edition, form: Form): fc.Arbitrary<TableData> {
  return isByCode(form) ? anyTableByCode(edition, form) : anyFixedTable(form);
}

const anyFixedTable = (form: Form): fc.Arbitrary<TableData> =>
  fc
    .tuple(
      ...form.blocks.flatMap((block) =>
        fixedRows({ ...form, blocks: [block] }).map(({ key, kind, dashes = [] }) =>
          fc
            .record(
              Object.fromEntries(
                block.columns
                  .filter((column) => !dashes.includes(column.key))
                  .map((column) => [column.key, kind === "count" ? count : amount]),
              ),
            )
            .map((cells) => ({ key, cells })),
        ),
      ),
    )
    .map((rows) => canonicalTable(form, { rows }));

/** Codes of the year with all they belong to, and one that no list has, under a name as odd as may be. */
function anyTableByCode(edition: Edition, form: Form): fc.Arbitrary<TableData> {
  const listed = [...edition.functionCodes.keys()].filter((code) => code.length === 7);
  const columns = form.blocks[0]?.columns.map(({ key }) => key) ?? [];
  const cells = fc
    .tuple(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), ...columns.map(() => amount))
    .map(([first, ...values]) => ({
      ...Object.fromEntries(columns.map((key, index) => [key, values[index]])),
      [columns[0] ?? ""]: first,
    }));
  const oddName = fc
    .tuple(
      fc.constantFrom("", "=", "+", "-", "@", "栏次", "&<_x000D_"),
      fc.string({ minLength: 1 }),
    )
    .map((parts) => `${parts.join("").trim()}项`);
  return fc
    .tuple(fc.uniqueArray(fc.constantFrom(...listed), { maxLength: 8 }), oddName)
    .chain(([codes, name]) => {
      const unlisted = codes.length === 0 ? [] : ["2010398"];
      const keys = new Set(
        [...codes, ...unlisted].flatMap((code) => [code.slice(0, 3), code.slice(0, 5), code]),
      );
      return fc
        .tuple(
          ...[...keys, ...(codes.length === 0 ? [] : ["total"])].map((key) =>
            cells.map((values) => ({ key, values })),
          ),
        )
        .map((rows) =>
          canonicalTable(form, {
            rows: rows.map(({ key, values }) => ({
              key,
              name: key === "2010398" ? name : undefined,
              cells: values,
            })),
          }),
        );
    });
}

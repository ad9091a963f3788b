import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workbookOf } from "../../../../functions/use-cases/workbook/export-workbook.ts";
import {
  readWorkbookReport,
  readWorkbookTables,
} from "../../../../functions/use-cases/workbook/read-tables.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { jiangxi2022, shanghai2024 } from "../../../examples/editions.ts";
import { variedEditions } from "../../../examples/varied-editions.ts";
import { tableIn, emptySections } from "../../../../shared/report/section-ids.ts";
import { soundReport } from "../../../shared/checks/sound-report.ts";
import { anyReport } from "./any-report.ts";

describe.each(variedEditions)("a workbook of $id", (edition) => {
  it("handed back as it came brings every table as it was, whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport(edition), async (report) => {
        const read = await readWorkbookTables(edition, await exported(report));
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        for (const { id } of edition.forms) {
          expect(read.value.tables[id]).toEqual(tableIn(report.sections, id));
        }
        expect(read.value.enteredIn).toBe(report.sections.facts.enteredIn);
        expect(read.value.orgNames.map(({ text }) => text)).toEqual(
          edition.forms.map(() => report.identity.orgName),
        );
        expect(read.value.ignored).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it("of an empty report is the form to fill in, and handed back unfilled changes nothing", async () => {
    const report = { ...soundReport({ edition }), sections: emptySections };
    const read = await readWorkbookTables(edition, await exported(report));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    for (const { id } of edition.forms) expect(read.value.tables[id]).toEqual({ rows: [] });
  });

  it("of one table holds that table alone", async () => {
    const report = soundReport({ edition });
    const bytes = (await workbookOf(report, "t03")) ?? new Uint8Array();
    const read = await readWorkbookTables(edition, bytes);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(Object.keys(read.value.tables)).toEqual(["t03"]);
  });

  it("says by itself which edition it is of", async () => {
    const read = await readWorkbookReport(
      await exported(soundReport({ edition })),
      shippedEditions.all,
    );
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.edition.id).toBe(edition.id);
    expect(Object.keys(read.value.tables)).toHaveLength(edition.forms.length);
    expect(read.value.faults).toEqual([]);
  });
});

describe("a workbook", () => {
  it("of another edition is refused with its year named", async () => {
    const bytes = await exported(soundReport({ edition: shanghai2024 }));
    const read = await readWorkbookTables(jiangxi2022, bytes);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.map(({ message }) => message).join()).toContain("2024");
  });

  it("without any table is refused, naming its sheets", async () => {
    const { writeXlsx } = await import("hucre");
    const bytes = await writeXlsx({ sheets: [{ name: "通讯录", rows: [["张三", 1]] }] });
    const read = await readWorkbookReport(bytes, shippedEditions.all);
    expect(read).toMatchObject({
      ok: false,
      error: [{ where: "导入文件", message: expect.stringContaining("“通讯录”") as string }],
    });
  });

  it("never breaks the reader, whatever byte of it is changed", async () => {
    const bytes = await exported(soundReport());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
        }),
        async (changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          const read = await readWorkbookReport(changed, shippedEditions.all);
          if (!read.ok) expect(read.error.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });
});

async function exported(report: Parameters<typeof workbookOf>[0]): Promise<Uint8Array> {
  const bytes = await workbookOf(report);
  if (bytes === undefined) throw new Error("Every edition has tables.");
  return bytes;
}

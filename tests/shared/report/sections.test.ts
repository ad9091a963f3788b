import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import { editionHash, type Manifest } from "../../../shared/report/manifest.ts";
import {
  bySectionSchema,
  sectionIdSchema,
  sectionSchema,
  sectionsSchema,
} from "../../../shared/report/sections.ts";
import {
  emptySection,
  hasSection,
  isSectionId,
  namedSections,
  sectionIdsOf,
  tableIn,
} from "../../../shared/report/section-ids.ts";
import { z } from "zod";
import { loadExample } from "../../examples/load-example.ts";

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");
const report = loadExample("jingdezhen-2022");

describe("sections of a report", () => {
  it("are the tables of its edition by id, then the records", () => {
    expect(sectionIdsOf(loadExample("putuo-2024").edition)).toEqual([
      ...["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10"],
      ...["facts", "narrative", "performance", "attachments", "adjustments", "explanations"],
    ]);
  });

  it("may be tables that another edition does not have", () => {
    expect(sectionIdSchema.parse("t13")).toBe("t13");
    expect(hasSection(report.edition, "t13")).toBe(false);
    expect(hasSection(report.edition, "t10")).toBe(true);
    expect(hasSection(report.edition, "facts")).toBe(true);
  });

  it.each(["t1", "t001", "T01", "total", "toString", "constructor", "facts ", ""])(
    "are not called %o",
    (name) => {
      expect(sectionIdSchema.safeParse(name).success).toBe(false);
      expect(isSectionId(name)).toBe(false);
      const hashes = bySectionSchema(z.string());
      expect(hashes.safeParse({ t01: "a", [name]: "b" }).success).toBe(false);
      expect(sectionsSchema.safeParse({ ...report.sections, [name]: { rows: [] } }).success).toBe(
        false,
      );
    },
  );

  it("are listed in one order, whatever order they were stored in", () => {
    expect(namedSections({ narrative: 1, t10: 1, facts: 1, t02: 1 })).toEqual([
      ...["t02", "t10", "facts", "narrative"],
    ]);
  });

  it("are empty before anybody typed; the empty table is shared and cannot be written into", () => {
    const table = tableIn({}, "t11");
    expect(table).toEqual({ rows: [] });
    expect(() => table.rows.push({ key: "total", cells: {} })).toThrow(TypeError);
    for (const id of sectionIdsOf(report.edition)) {
      expect(sectionSchema(id).parse(emptySection(id))).toEqual(emptySection(id));
    }
  });
});

describe("what is stored", () => {
  it("hashes as it did when the tables were a closed list", () => {
    const hashes = Object.fromEntries(
      sectionIdsOf(report.edition).map((id) => {
        const value = sectionSchema(id).parse(report.sections[id]);
        return [id, sha256(canonicalJson(value))];
      }),
    );
    const manifest = { edition: report.edition.id, ...report.identity, sections: hashes };
    expect({
      t01: hashes["t01"],
      facts: hashes["facts"],
      edition: editionHash(manifest as Manifest, sha256),
    }).toEqual({
      t01: "5c821882d77f67e382f7f41f0ce1f17e7b39fcd02dbf32a6db3022a03ae626cc",
      facts: "2d7338c58aa49c230ee2b178a0e8e05569cd83773b37ac0a19de72c0bee13c0e",
      edition: "7e602a0b06bdaf27720266ad4fdb95580aef6e89aa448cddcd1fc92b1f2e4a58",
    });
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileWorkbooks } from "../../../hostile/workbooks.ts";

interface Opened {
  readonly results: readonly {
    readonly name: string;
    readonly cpuMs: number;
    readonly refused?: string;
  }[];
  readonly peakMegabytes: number;
}

const program = join(import.meta.dirname, "../../../hostile/open-workbooks.ts");
const fileNameOf = (index: number) => String(index).padStart(2, "0");

describe("a small file that is a large workbook", () => {
  let folder = "";
  let opened: Opened;
  // In a process of its own that has 250 MB for everything: reading one of them whole ends it.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "juesuan-hostile-"));
    for (const [index, { bytes }] of hostileWorkbooks.entries()) {
      writeFileSync(join(folder, fileNameOf(index)), bytes());
    }
    const output = execFileSync(
      process.execPath,
      ["--max-old-space-size=250", "--import", "tsx", program, folder],
      { encoding: "utf8" },
    );
    opened = JSON.parse(output) as Opened;
  }, 300_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(hostileWorkbooks.map(({ name, isRead }, index) => ({ name, isRead, index })))(
    "with $name is refused within a second",
    ({ isRead, index }) => {
      const result = opened.results[index];
      if (isRead === true) expect(result?.refused).toBeUndefined();
      else
        expect(result?.refused).toMatch(
          /^(?:too_many_cells|too_many_sheets|too_large_inflated|broken)$/u,
        );
      expect(result?.cpuMs).toBeLessThan(1_000);
    },
  );

  it("takes no more memory than an honest one", () => {
    expect(opened.peakMegabytes).toBeLessThan(400);
  });
});

import { describe, expect, it } from "vitest";
import { ofNearestYear } from "../../../../shared/checks/text/likely-edition.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";

const idsFor = (year: number | undefined) =>
  ofNearestYear(shippedEditions.all, year).map(({ id }) => id);

describe("the editions that a printed text is compared with", () => {
  it("are one a region, of the year nearest to the text's", () => {
    expect(idsFor(2023).filter((id) => /jiangxi|shanghai|national|guangdong/u.test(id))).toEqual([
      ...["national-2023", "jiangxi-2023", "shanghai-2024", "guangdong-2023"],
    ]);
    expect(idsFor(2031)).toContain("jiangxi-2025");
    expect(idsFor(2019)).toContain("national-2022");
    expect(new Set(idsFor(2024)).size).toBe(9);
  });

  it("are all where the text names no year", () => {
    expect(idsFor(undefined)).toHaveLength(shippedEditions.listed.length);
  });
});

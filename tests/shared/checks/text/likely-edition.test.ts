import { describe, expect, it } from "vitest";
import { isOfRegion, likeness } from "../../../../shared/checks/text/likely-edition.ts";
import { jiangxi2022, shanghai2024 } from "../../../examples/editions.ts";

const editions = [jiangxi2022, shanghai2024];
const text = "景德镇市行政审批局学习了上海的做法，江西省财政厅予以肯定。";

describe("the region a printed text is of", () => {
  it("is the one whose places it names most", () => {
    expect(isOfRegion(text, jiangxi2022, editions)).toBe(true);
    expect(isOfRegion(text, shanghai2024, editions)).toBe(false);
  });

  it("is none where two are named as often, or no place is", () => {
    for (const words of ["江西与上海", "本部门"]) {
      expect(editions.filter((one) => isOfRegion(words, one, editions))).toEqual([]);
    }
  });

  it("is not doubted for another year's edition of the same region", () => {
    const next = { ...jiangxi2022, id: "jiangxi-2023", year: 2023 };
    expect(isOfRegion(text, jiangxi2022, [...editions, next])).toBe(true);
    expect(isOfRegion(text, next, [...editions, next])).toBe(true);
  });
});

it("numbers on the tables count more than the places named", () => {
  const numbered = "公开01表 公开02表 上海市";
  expect(likeness(numbered, jiangxi2022, editions)).toBe(2);
  expect(likeness(numbered, shanghai2024, editions)).toBe(1);
});

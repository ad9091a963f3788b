import { describe, expect, it } from "vitest";
import { createEditionLibrary, storedEdition } from "../../../shared/editions/edition-library.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

describe("a library of editions", () => {
  it("finds each edition by its id, and only those it has", () => {
    for (const edition of shippedEditions.all) {
      expect(shippedEditions.byId(edition.id)).toBe(edition);
    }
    expect(shippedEditions.byId("jiangxi-1999")).toBeUndefined();
  });

  it("offers the editions in the order given", () => {
    const reversed = shippedEditions.all.toReversed();
    expect(createEditionLibrary(reversed).all).toEqual(reversed);
  });

  it("refuses two editions of one id", () => {
    const [first] = shippedEditions.all;
    expect(() => createEditionLibrary(first === undefined ? [] : [first, first])).toThrow(
      "Two editions have the id jiangxi-2022.",
    );
  });

  it("says which edition a stored report misses and which there are", () => {
    expect(() => storedEdition(shippedEditions, "jiangxi-1999")).toThrow(
      "The edition jiangxi-1999 is not in this installation's library, which has: jiangxi-2022, shanghai-2024.",
    );
  });
});

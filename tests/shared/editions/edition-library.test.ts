import { describe, expect, it } from "vitest";
import { createEditionLibrary } from "../../../shared/editions/edition-library.ts";
import { loadedSource } from "../../examples/editions.ts";
import { jiangxi2022 as jiangxi } from "../../../shared/editions/jiangxi-2022/edition.ts";
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
    const library = createEditionLibrary(reversed.map(loadedSource));
    expect(library.all).toEqual(reversed);
    expect(library.listed).toEqual(reversed.map(({ id, name, year }) => ({ id, name, year })));
  });

  it("loads an edition once, when it is first needed", () => {
    const loaded: string[] = [];
    const [first, second] = shippedEditions.all.map(loadedSource).map((source) => ({
      ...source,
      load: () => {
        loaded.push(source.id);
        return source.load();
      },
    }));
    if (first === undefined || second === undefined) throw new Error("Two editions are shipped.");
    const library = createEditionLibrary([first, second]);
    expect(library.listed).toHaveLength(2);
    expect(loaded).toEqual([]);
    library.byId(second.id);
    expect(loaded).toEqual([second.id]);
    expect(jiangxi.load()).toBe(jiangxi.load());
  });

  it("refuses two editions of one id", () => {
    const [first] = shippedEditions.all;
    expect(() =>
      createEditionLibrary(first === undefined ? [] : [first, first].map(loadedSource)),
    ).toThrow("Two editions have the id national-2022.");
  });
});

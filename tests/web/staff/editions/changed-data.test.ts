import { describe, expect, it } from "vitest";
import { loadEdition } from "../../../../shared/editions/load-edition.ts";
import { editionData } from "../../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { trialRun } from "../../../../shared/sample/trial-run.ts";
import { withCopyOf, withNewForm, withTaken } from "../../../../web/staff/editions/changed-data.ts";
import { shippedEdition } from "../../../examples/editions.ts";

const national = editionData(shippedEdition("national-2025"));
const soundOf = (data: unknown) => {
  const loaded = loadEdition(data);
  expect(loaded.ok ? [] : loaded.error).toEqual([]);
  if (!loaded.ok) throw new Error("It is no edition.");
  return loaded.value;
};

describe("a table that is added on the desk", () => {
  it("makes a sound edition at once, empty or like another one", () => {
    const fresh = withNewForm(national);
    soundOf(fresh.data);
    expect(fresh.data.forms.at(-1)?.id).toBe(fresh.id);
    const [first] = national.forms;
    if (first === undefined) throw new Error("An edition has tables.");
    const copied = withCopyOf(national, first);
    soundOf(copied.data);
    expect(copied.data.forms[1]).toMatchObject({ id: copied.id, title: `${first.title}（副本）` });
  });

  it("is taken from any other edition with its relations, and the edition contradicts itself nowhere", () => {
    const taken = shippedEditions.all.flatMap((edition) => {
      const from = editionData(edition);
      return from.forms
        .filter(({ id }) => national.forms.every((one) => one.id !== id))
        .map((form) => withTaken(national, from, form));
    });
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.some(({ data }) => (data.relations ?? []).length > 0)).toBe(true);
    for (const { data } of taken) expect(trialRun(soundOf(data), 1)).toEqual([]);
  });

  it("is another table where its id is taken here", () => {
    const [first] = national.forms;
    if (first === undefined) throw new Error("An edition has tables.");
    const { id, data } = withTaken(national, national, first);
    expect(id).not.toBe(first.id);
    soundOf(data);
  });
});

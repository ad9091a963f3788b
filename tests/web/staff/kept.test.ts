import { describe, expect, it } from "vitest";
import { countChanges, isEqualContent } from "../../../web/staff/editing/count-changes.ts";
import { afterRemoval, moveEntryTexts } from "../../../web/staff/editing/entry-texts.ts";
import { createKeptTexts } from "../../../web/staff/editing/kept-texts.ts";
import { personalItems, type Keeping } from "../../../web/staff/editing/local-items.ts";
import { deviceName, reportUnsentChanges } from "../../../web/staff/editing/unsent-changes.ts";

/** A browser of which several tabs are open; `room` is how many items it keeps. */
function browser({ room = Infinity, forbidden = false } = {}) {
  const kept = new Map<string, string>();
  const tabs: ((change: { key: string | null; newValue: string | null }) => void)[] = [];
  /** Opens a tab; what it writes reaches the others. */
  const tab = (): Keeping => {
    let own: (typeof tabs)[number] | undefined;
    const notify = (key: string, newValue: string | null) => {
      for (const listener of tabs) if (listener !== own) listener({ key, newValue });
    };
    const storage = {
      get length() {
        return kept.size;
      },
      key: (index: number) => [...kept.keys()][index] ?? null,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => {
        if (!kept.has(key) && kept.size >= room) throw new Error("QuotaExceededError");
        kept.set(key, text);
        notify(key, text);
      },
      removeItem: (key: string) => {
        kept.delete(key);
        notify(key, null);
      },
    };
    return {
      storage: forbidden ? undefined : storage,
      onStorage: (listener) => {
        own = listener;
        tabs.push(own);
      },
    };
  };
  return { kept, tab };
}
const report = "360200-2022-137001";

describe("what a machine keeps", () => {
  it("is each person's own: the next one neither sees nor overwrites it", () => {
    const { tab } = browser();
    const chen = createKeptTexts(personalItems(tab(), "chenyu"));
    chen.set(report, "comment/t01/x", "核对一下");
    const li = createKeptTexts(personalItems(tab(), "limin"));
    expect(li.get(report, "comment/t01/x")).toBeUndefined();
    li.set(report, "comment/t01/x", "已核对");
    expect(createKeptTexts(personalItems(tab(), "chenyu")).get(report, "comment/t01/x")).toBe(
      "核对一下",
    );
  });

  it("of a person whose name has a slash is not part of another's", () => {
    const { tab } = browser();
    personalItems(tab(), "a/b").write("device", "1");
    expect(personalItems(tab(), "a").keys()).toEqual([]);
    expect(personalItems(tab(), "a/b").keys()).toEqual(["device"]);
  });

  it("takes drafts of before over for whoever signs in first, and nothing that is no draft", () => {
    const { kept, tab } = browser();
    kept.set(`juesuan/${report}/t01`, "old");
    kept.set(`juesuan/${report}/nothing`, "foreign");
    kept.set("other/app", "foreign");
    expect(personalItems(tab(), "chenyu").read(`${report}/t01`)).toBe("old");
    expect(personalItems(tab(), "limin").read(`${report}/t01`)).toBeUndefined();
    expect([...kept.keys()]).toEqual([
      `juesuan/${report}/nothing`,
      "other/app",
      `juesuan/of/chenyu/${report}/t01`,
    ]);
  });

  it("is seen by the person's other tabs at once", () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()].map((at) => createKeptTexts(personalItems(at, "chenyu")));
    let changes = 0;
    other?.subscribe(() => (changes += 1));
    one?.set(report, "value/t01/general/final", "十二");
    expect(other?.under(report, "value/t01/")).toEqual(new Map([["general/final", "十二"]]));
    one?.set(report, "value/t01/general/final", undefined);
    expect(other?.under(report, "value/t01/").size).toBe(0);
    expect(changes).toBe(2);
  });

  it.each([{ room: 0 }, { forbidden: true }])("that keeps nothing says so: %o", (limits) => {
    const texts = createKeptTexts(personalItems(browser(limits).tab(), "chenyu"));
    texts.set(report, "return//", "请补充");
    expect(texts.get(report, "return//")).toBe("请补充");
    expect(texts.isAtRisk()).toBe(true);
    texts.set(report, "return//", undefined);
    expect(texts.isAtRisk()).toBe(false);
  });

  it("keeps a text that was emptied on purpose apart from no text", () => {
    const texts = createKeptTexts(personalItems(browser().tab(), "chenyu"));
    texts.set(report, "explanation/t01/x", "");
    expect(texts.get(report, "explanation/t01/x")).toBe("");
  });
});

describe("a list of fields", () => {
  it("loses the texts of the entry that is removed, and moves those behind it up", () => {
    const texts = createKeptTexts(personalItems(browser().tab(), "chenyu"));
    for (const [index, text] of ["甲", "乙", "丙"].entries()) {
      texts.set(report, `value/facts/units/${String(index)}/name`, text);
    }
    texts.set(report, "value/facts/people/active", "abc");
    moveEntryTexts(texts, report, "value/facts/units/", afterRemoval(1));
    expect(texts.under(report, "value/facts/")).toEqual(
      new Map([
        ["people/active", "abc"],
        ["units/0/name", "甲"],
        ["units/1/name", "丙"],
      ]),
    );
  });
});

describe("changes counted", () => {
  const table = (cells: Record<string, Record<string, number>>) => ({
    rows: Object.entries(cells).map(([key, of]) => ({ key, cells: of })),
  });

  it("are the cells of a table that differ, in whatever order its rows come", () => {
    const before = table({ a: { final: 1 }, b: { final: 2 } });
    expect(countChanges(before, table({ b: { final: 2 }, a: { final: 1 } }))).toBe(0);
    expect(countChanges(before, table({ a: { final: 1, initial: 0 }, b: {} }))).toBe(2);
    expect(isEqualContent(before, table({ b: { final: 2 }, a: { final: 1 }, c: {} }))).toBe(true);
  });

  it("are the members of a record that differ, an entry of a list each", () => {
    const before = { duties: ["甲", "乙"], people: { active: 1, others: 2 } };
    expect(countChanges(before, before)).toBe(0);
    expect(countChanges(before, { ...before, duties: ["甲", "丙", "丁"] })).toBe(2);
    expect(countChanges(before, { ...before, people: { active: 3, others: 2 } })).toBe(1);
  });
});

describe("unsent changes", () => {
  /** A desk whose clock is wound by hand. */
  function desk() {
    const sent: { path: string; sections: readonly string[] }[] = [];
    const due = new Set<() => void>();
    let unsent: readonly { section: string; base: string | null }[] = [];
    let notify = (): void => undefined;
    let offline = false;
    reportUnsentChanges({
      device: "d",
      api: {
        send: (_method, path, body) => {
          if (offline) return Promise.reject(new TypeError("Failed to fetch"));
          sent.push({ path, sections: (body as { sections: readonly string[] }).sections });
          return Promise.resolve({ items: [] }) as never;
        },
      },
      drafts: {
        subscribe: (listener) => {
          notify = listener;
          return () => undefined;
        },
        editable: () => [report],
        unsent: () => unsent as never,
      },
      schedule: (work) => {
        due.add(work);
        return () => due.delete(work);
      },
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return {
      sent,
      due,
      goOffline: (is: boolean) => (offline = is),
      is: async (...next: { section: string; base: string | null }[]) => {
        unsent = next;
        notify();
        await settled();
      },
      wait: async () => {
        for (const work of [...due]) {
          due.delete(work);
          work();
        }
        await settled();
      },
    };
  }

  it("are reported at the first key and after every save, not at every key", async () => {
    const { sent, is } = desk();
    await is({ section: "t01", base: "h0" });
    await is({ section: "t01", base: "h0" });
    expect(sent).toEqual([{ path: `/reports/${report}/unsent`, sections: ["t01"] }]);
    await is({ section: "t01", base: "h1" });
    await is({ section: "t01", base: "h1" }, { section: "facts", base: null });
    expect(sent.map(({ sections }) => sections)).toEqual([["t01"], ["t01"], ["t01", "facts"]]);
  });

  it("are taken back once all is sent and nobody types any more", async () => {
    const { sent, is, wait } = desk();
    await is({ section: "t01", base: "h0" });
    await is();
    expect(sent).toHaveLength(1);
    await wait();
    expect(sent[1]?.sections).toEqual([]);
    await is();
    await wait();
    expect(sent).toHaveLength(2);
  });

  it("are reported once the connection is back", async () => {
    const { sent, is, wait, goOffline } = desk();
    goOffline(true);
    await is({ section: "t01", base: "h0" });
    goOffline(false);
    expect(sent).toEqual([]);
    await wait();
    expect(sent[0]?.sections).toEqual(["t01"]);
  });
});

describe("a browser's name", () => {
  it("is random, of 32 characters, and stays", () => {
    const { tab } = browser();
    const items = personalItems(tab(), "chenyu");
    const name = deviceName(items);
    expect(name).toMatch(/^[0-9a-f]{32}$/u);
    expect(deviceName(items)).toBe(name);
    expect(deviceName(personalItems(tab(), "limin"))).not.toBe(name);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/platform/ids.ts";
import { verifyLinks } from "../../functions/storage/chain.ts";
import type { Page, PageRequest, ReportHead, ReportStore } from "../../functions/storage/ports.ts";
import type { Result } from "../../shared/result.ts";
import type { ChainedEvent } from "../../shared/workflow/report-state.ts";
import { draft, inReview, newHead, opened, pointer, submitted, zhou } from "./fixtures.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** What every ReportStore promises, whatever keeps it. */
export function reportStoreContract(open: () => Promise<ReportStore>): void {
  let reports: ReportStore;
  beforeAll(async () => {
    reports = await open();
  });

  const stored = async (id: string): Promise<ReportHead> => {
    const head = await reports.load(id);
    if (head === undefined) throw new Error(`${id} is not stored`);
    return head;
  };

  /** An opened draft, waiting for its preparer. */
  async function givenDraft(orgCode: string, changes: Partial<ReportHead> = {}) {
    const head = newHead(orgCode, changes);
    await reports.create(head);
    const turn = { queue: `${head.region}#preparer@${orgCode}`, due: "2023-04-01" };
    return valueOf(await reports.commit(head, [opened], { state: draft, turn }));
  }

  describe("a report's head", () => {
    it("is unknown until it is created, and then read back whole", async () => {
      const head = newHead("A01", { orgName: "㐂镇𬭩中心" });
      expect(await reports.load(head.id)).toBeUndefined();
      expect(await reports.create(head)).toEqual({ ok: true, value: head });
      expect(await reports.load(head.id)).toEqual(head);
    });

    it("is created once: a second creation is refused and changes nothing", async () => {
      const head = newHead("A02");
      await reports.create(head);
      const second = await reports.create({ ...head, orgName: "另一单位" });
      expect(second).toEqual({ ok: false, error: { code: "stale_version" } });
      expect(await reports.load(head.id)).toEqual(head);
    });

    it("takes state, turn, events and version in one commit", async () => {
      const head = await givenDraft("A03");
      expect(head).toMatchObject({ version: 1, state: draft, chain: { seq: 1 } });
      expect(head.outbox.map((link) => link.event)).toEqual([opened]);
      expect(head.turn).toEqual({ queue: "360200#preparer@A03", due: "2023-04-01" });
      expect(await stored(head.id)).toEqual(head);
    });

    it("loses its turn when nobody must act", async () => {
      const head = await givenDraft("A04");
      const next = valueOf(await reports.commit(head, [submitted], { state: inReview }));
      expect(next.turn).toBeUndefined();
      expect(await stored(head.id)).toEqual(next);
    });

    it("refuses a commit on a version that has moved, and stores nothing of it", async () => {
      const head = await givenDraft("A05");
      const moved = valueOf(await reports.commit(head, [submitted], { state: inReview }));
      const late = await reports.commit(head, [submitted], { state: draft });
      expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
      expect(await stored(head.id)).toEqual(moved);
    });

    it("refuses a commit on a report that was never created", async () => {
      const late = await reports.commit(newHead("A06"), [opened], { state: draft });
      expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
      expect(await reports.load(newHead("A06").id)).toBeUndefined();
    });

    it("refuses to submit what was read before another section was saved", async () => {
      const read = await givenDraft("A07");
      await reports.saveSection(read.id, "t01", undefined, pointer("saved meanwhile"));
      const late = await reports.commit(read, [submitted], { state: inReview });
      expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
      expect((await stored(read.id)).state).toEqual(draft);
    });

    it("lets exactly one of 50 equal commits at once win", async () => {
      const head = await givenDraft("A08");
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => reports.commit(head, [submitted], { state: inReview })),
      );
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      const after = await stored(head.id);
      expect(after.version).toBe(head.version + 1);
      expect(after.outbox).toHaveLength(2);
      expect(verifyLinks({ reportId: head.id }, after.outbox, sha256)).toEqual({
        ok: true,
        value: after.chain,
      });
    });

    it("never stores a state that could not be read back", async () => {
      const head = await givenDraft("A09");
      const broken = { status: "draft", colour: "red" } as unknown as typeof draft;
      await expect(reports.commit(head, [], { state: broken })).rejects.toThrow(/colour/);
      expect(await stored(head.id)).toEqual(head);
    });
  });

  describe("a section", () => {
    it("is saved over its base and counts the version up, without an event", async () => {
      const head = await givenDraft("B01");
      const first = valueOf(await reports.saveSection(head.id, "t01", undefined, pointer("1")));
      expect(first).toMatchObject({ version: head.version + 1, sections: { t01: pointer("1") } });
      const base = pointer("1").sha256;
      const second = valueOf(await reports.saveSection(head.id, "t01", base, pointer("2", "wu")));
      expect(second).toMatchObject({
        version: head.version + 2,
        sections: { t01: pointer("2", "wu") },
      });
      expect(second.outbox).toEqual(head.outbox);
      expect(await stored(head.id)).toEqual(second);
    });

    it("counts everybody who saved, whoever saved last, and forgets them when asked to", async () => {
      const head = await givenDraft("B20");
      expect(head.editors).toBeUndefined();
      await reports.saveSection(head.id, "t01", undefined, pointer("1", "wu"));
      await reports.saveSection(head.id, "t01", pointer("1").sha256, pointer("2"));
      const odd = { ...pointer("3"), by: "oidc|a.b#c:d e/中" };
      const saved = valueOf(
        await reports.saveSections(head.id, [
          { section: "t01", base: pointer("2").sha256, pointer: odd },
          { section: "t02", base: undefined, pointer: odd },
        ]),
      );
      expect(saved.editors).toEqual([odd.by, "wu", "zhou"]);
      expect((await stored(head.id)).editors).toEqual(saved.editors);
      const kept = valueOf(await reports.commit(saved, [submitted], { state: inReview }));
      expect(kept.editors).toEqual(saved.editors);
      const anew = valueOf(
        await reports.commit(kept, [opened], { state: draft, forgetsEditors: true }),
      );
      expect(anew.editors).toBeUndefined();
      const again = valueOf(
        await reports.saveSection(head.id, "t02", odd.sha256, pointer("4", "wu")),
      );
      expect(again.editors).toEqual(["wu"]);
    });

    it("keeps its author when somebody saves the very same bytes, who counts as well", async () => {
      const head = await givenDraft("B21");
      await reports.saveSection(head.id, "t01", undefined, pointer("same", "wu"));
      const base = pointer("same").sha256;
      for (const known of [base, pointer("older").sha256, undefined]) {
        const again = valueOf(await reports.saveSection(head.id, "t01", known, pointer("same")));
        expect(again.sections).toEqual({ t01: pointer("same", "wu") });
        expect(again.editors).toEqual(["wu", "zhou"]);
      }
    });

    it("is counted once when the very same save comes twice", async () => {
      const head = await givenDraft("B27");
      const save = () => reports.saveSection(head.id, "t01", undefined, pointer("1"));
      const [first, again] = await Promise.all([save(), save()]);
      expect(again).toEqual(first);
      expect((await stored(head.id)).version).toBe(head.version + 1);
    });

    it("is not saved over what somebody else saved: the answer is what is stored", async () => {
      const head = await givenDraft("B02");
      await reports.saveSection(head.id, "t01", undefined, pointer("by wu", "wu"));
      for (const base of [undefined, pointer("older").sha256]) {
        expect(await reports.saveSection(head.id, "t01", base, pointer("mine"))).toEqual({
          ok: false,
          error: { code: "section_conflict", current: pointer("by wu", "wu") },
        });
      }
      expect((await stored(head.id)).sections).toEqual({ t01: pointer("by wu", "wu") });
    });

    it("is not saved over a base where none was ever saved", async () => {
      const head = await givenDraft("B03");
      const answer = await reports.saveSection(head.id, "t02", sha256("imagined"), pointer("mine"));
      expect(answer).toEqual({
        ok: false,
        error: { code: "section_conflict", current: undefined },
      });
    });

    it("is not saved once the report was handed in", async () => {
      const head = await givenDraft("B04");
      await reports.commit(head, [submitted], { state: inReview });
      const answer = await reports.saveSection(head.id, "t01", undefined, pointer("late"));
      expect(answer).toEqual({ ok: false, error: { code: "not_draft" } });
      expect((await stored(head.id)).sections).toEqual({});
    });

    it("is not saved in a report that does not exist", async () => {
      const answer = await reports.saveSection("360200-2022-B05", "t01", undefined, pointer("x"));
      expect(answer).toEqual({ ok: false, error: { code: "not_draft" } });
      expect(await reports.load("360200-2022-B05")).toBeUndefined();
    });

    it("is saved beside others at once: people on different tables never collide", async () => {
      const head = await givenDraft("B06");
      const sections = ["t01", "t02", "t03", "t04", "t05", "facts", "narrative"] as const;
      const answers = await Promise.all(
        sections.map((id) => reports.saveSection(head.id, id, undefined, pointer(id))),
      );
      expect(answers.every((answer) => answer.ok)).toBe(true);
      const after = await stored(head.id);
      expect(Object.keys(after.sections).sort()).toEqual([...sections].sort());
      expect(after.version).toBe(head.version + sections.length);
    });

    it("has one winner when 20 people save the same one at once", async () => {
      const head = await givenDraft("B07");
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, person) =>
          reports.saveSection(head.id, "t01", undefined, pointer(`by ${person}`)),
        ),
      );
      const winners = answers.filter((answer) => answer.ok);
      expect(winners).toHaveLength(1);
      const { sections } = await stored(head.id);
      for (const answer of answers) {
        if (!answer.ok)
          expect(answer.error).toEqual({ code: "section_conflict", current: sections.t01 });
      }
    });
  });

  describe("several sections at once", () => {
    it("are saved together, counting the version up once", async () => {
      const head = await givenDraft("B10");
      await reports.saveSection(head.id, "t01", undefined, pointer("1"));
      const saved = await reports.saveSections(head.id, [
        { section: "t01", base: pointer("1").sha256, pointer: pointer("2") },
        { section: "t02", base: undefined, pointer: pointer("3") },
      ]);
      expect(valueOf(saved)).toMatchObject({
        version: head.version + 2,
        sections: { t01: pointer("2"), t02: pointer("3") },
      });
      expect(await stored(head.id)).toEqual(valueOf(saved));
    });

    it("are saved all or none: one that moved keeps the others out, and is what is answered", async () => {
      const head = await givenDraft("B11");
      await reports.saveSection(head.id, "t02", undefined, pointer("by wu", "wu"));
      const before = await stored(head.id);
      const answer = await reports.saveSections(head.id, [
        { section: "t01", base: undefined, pointer: pointer("mine") },
        { section: "t02", base: undefined, pointer: pointer("mine") },
      ]);
      const current = pointer("by wu", "wu");
      expect(answer).toEqual({ ok: false, error: { code: "section_conflict", current } });
      expect(await stored(head.id)).toEqual(before);
    });
  });

  describe("a worklist", () => {
    it("gives what waits for a queue, earliest due date first, page by page", async () => {
      const queue = "360200#bureau_reviewer@000";
      for (const [orgCode, due] of [
        ["C01", "2023-05-03"],
        ["C02", "2023-05-01"],
        ["C03", "2023-05-02"],
      ] as const) {
        const head = await givenDraft(orgCode);
        await reports.commit(head, [submitted], { state: inReview, turn: { queue, due } });
      }
      const pages = await pagesOf((page) => reports.byTurn(queue, page), 2);
      expect(pages.map((page) => page.map((head) => head.orgCode))).toEqual([
        ["C02", "C03"],
        ["C01"],
      ]);
    });

    it("lets go of a report as soon as somebody else must act", async () => {
      const head = await givenDraft("C04");
      const queue = "360200#unit_reviewer@C04";
      await reports.commit(head, [submitted], {
        state: inReview,
        turn: { queue, due: "2023-05-01" },
      });
      expect((await reports.byTurn("360200#preparer@C04", { limit: 10 })).items).toEqual([]);
      expect((await reports.byTurn(queue, { limit: 10 })).items.map(({ id }) => id)).toEqual([
        head.id,
      ]);
    });
  });

  describe("lists of reports", () => {
    it("give a region's year by org code, and nothing of another region or year", async () => {
      const place = { region: "360900", year: 2021 };
      for (const orgCode of ["D03", "D01", "D02"]) await givenDraft(orgCode, place);
      await givenDraft("D04", { region: "360900", year: 2022 });
      await givenDraft("D05", { region: "361000", year: 2021 });
      const pages = await pagesOf((page) => reports.byYear("360900", 2021, page), 2);
      expect(pages.flat().map((head) => head.orgCode)).toEqual(["D01", "D02", "D03"]);
    });

    it("give an org node over the years, newest first", async () => {
      for (const year of [2021, 2023, 2022]) await givenDraft("D06", { year });
      const pages = await pagesOf((page) => reports.byOrg("360200", "D06", page), 2);
      expect(pages.map((page) => page.map((head) => head.year))).toEqual([[2023, 2022], [2021]]);
    });

    it("name a next page only when there is one, and answer absurd limits within bounds", async () => {
      const place = { region: "360901", year: 2021 };
      for (const orgCode of ["D07", "D08"]) await givenDraft(orgCode, place);
      expect((await reports.byYear("360901", 2021, { limit: 2 })).next).toBeUndefined();
      for (const limit of [0, -5, 0.5]) {
        expect((await reports.byYear("360901", 2021, { limit })).items).toHaveLength(1);
      }
      expect((await reports.byYear("360901", 2021, { limit: 1e9 })).items).toHaveLength(2);
    });

    it("never crash on a forged cursor, nor show with it what another query holds", async () => {
      await givenDraft("E01", { region: "360902" });
      const other = await givenDraft("E02", { region: "360903" });
      const forged = [
        "",
        "!!!",
        "bnVsbA",
        text("[]"),
        text('["E02"]'),
        text('["", "", ""]'),
        text(`["E00", "${other.id}", "head"]`),
        text(`["${"x".repeat(3_000)}", "a", "b"]`),
        text('{"pk": "360903-2022-E02"}'),
        text('[99, "x"]'),
        text('[0, "x"]'),
        text("[2022, 1, 2]"),
      ];
      for (const after of forged) {
        const page = { limit: 10, after };
        const found = [
          await reports.byYear("360902", 2022, page),
          await reports.byOrg("360902", "E01", page),
          await reports.byTurn("360902#preparer@E01", page),
          await reports.events("360902-2022-E01", page),
        ];
        await reports.withOutbox(page);
        expect(JSON.stringify(found)).not.toContain(other.id);
      }
    });

    it("do not take one list's cursor into another", async () => {
      for (const orgCode of ["E03", "E04"]) await givenDraft(orgCode, { region: "360904" });
      await givenDraft("E05", { region: "360905" });
      const { next } = await reports.byYear("360904", 2022, { limit: 1 });
      const page = await reports.byYear("360905", 2022, { limit: 10, after: next ?? "" });
      expect(page.items.every((head) => head.region === "360905")).toBe(true);
    });
  });

  describe("the outbox", () => {
    const waiting = async () => {
      const pages = await pagesOf((page) => reports.withOutbox(page), 3);
      return pages.flat().map((head) => head.id);
    };

    it("keeps a report in the sweep until its last event is taken out", async () => {
      const head = await givenDraft("F01");
      const two = valueOf(await reports.commit(head, [submitted], { state: inReview }));
      await reports.trimOutbox(head.id, 1);
      expect((await stored(head.id)).outbox).toEqual(two.outbox.slice(1));
      expect(await waiting()).toContain(head.id);
      await reports.trimOutbox(head.id, 2);
      expect((await stored(head.id)).outbox).toEqual([]);
      expect(await waiting()).not.toContain(head.id);
    });

    it("is swept whole, each report once, over pages of any size", async () => {
      const heads = [];
      for (let unit = 10; unit < 30; unit++) heads.push(await givenDraft(`F${unit}`));
      const swept = await waiting();
      expect(new Set(swept).size).toBe(swept.length);
      expect(swept).toEqual(expect.arrayContaining(heads.map(({ id }) => id)));
    });

    it("can be trimmed twice, too far, or for a report that does not exist", async () => {
      const head = await givenDraft("F02");
      await reports.trimOutbox(head.id, 1);
      const once = await stored(head.id);
      await reports.trimOutbox(head.id, 1);
      await reports.trimOutbox(head.id, 99);
      await reports.trimOutbox("360200-2022-F99", 1);
      expect(await stored(head.id)).toEqual(once);
      expect(await reports.load("360200-2022-F99")).toBeUndefined();
    });

    it("is trimmed without moving the version people hold in their hands", async () => {
      const head = await givenDraft("F03");
      await reports.trimOutbox(head.id, 1);
      const next = await reports.commit(head, [submitted], { state: inReview });
      expect(valueOf(next).outbox.map((link) => link.seq)).toEqual([2]);
      expect(await waiting()).toContain(head.id);
    });

    it("keeps the trace of each event beside it, and nothing of it once it is taken out", async () => {
      const head = await givenDraft("F05");
      const next = { state: inReview, trace: "click-1" };
      const traced = valueOf(await reports.commit(head, [submitted], next));
      expect(traced.traces).toEqual({ "2": "click-1" });
      expect(await stored(head.id)).toEqual(traced);
      expect(verifyLinks({ reportId: head.id }, traced.outbox, sha256)).toEqual({
        ok: true,
        value: traced.chain,
      });
      await reports.recordEvents(traced.outbox);
      const { items } = await reports.events(head.id, { limit: 10 });
      expect(items).toEqual(traced.outbox);
      expect(JSON.stringify(items)).not.toContain("click-1");
      await reports.trimOutbox(head.id, 1);
      expect((await stored(head.id)).traces).toEqual({ "2": "click-1" });
      await reports.trimOutbox(head.id, 2);
      expect(await stored(head.id)).not.toHaveProperty("traces");
    });

    it("loses no event when commits and trims meet", async () => {
      const head = await givenDraft("F04");
      const record = async () => {
        const { outbox } = await stored(head.id);
        await reports.recordEvents(outbox);
        await reports.trimOutbox(head.id, outbox.at(-1)?.seq ?? 0);
      };
      for (let round = 0; round < 10; round++) {
        const now = await stored(head.id);
        await Promise.all([
          record(),
          reports.commit(now, [submitted], { state: inReview }),
          record(),
        ]);
      }
      expect((await stored(head.id)).chain.seq).toBe(11);
      const { outbox } = await stored(head.id);
      if (outbox.length > 0) expect(await waiting()).toContain(head.id);
      await record();
      expect(await waiting()).not.toContain(head.id);
      const pages = await pagesOf((page) => reports.events(head.id, page), 4);
      expect(pages.flat().map((event) => event.seq)).toEqual(
        Array.from({ length: 11 }, (_, n) => n + 1),
      );
    });
  });

  describe("recorded events", () => {
    it("are kept once, in order, and chain up to the head", async () => {
      const head = await givenDraft("G01");
      const next = valueOf(
        await reports.commit(head, [submitted, { type: "withdrawn", ...zhou }], { state: draft }),
      );
      await reports.recordEvents(next.outbox);
      await reports.recordEvents(next.outbox.slice(1));
      const pages = await pagesOf((page) => reports.events(head.id, page), 2);
      expect(pages).toEqual([next.outbox.slice(0, 2), next.outbox.slice(2)]);
      expect(verifyLinks({ reportId: head.id }, pages.flat(), sha256)).toEqual({
        ok: true,
        value: next.chain,
      });
    });

    it("stay in number order past nine", async () => {
      const head = await givenDraft("G02");
      const many = Array.from({ length: 11 }, () => submitted);
      const next = valueOf(await reports.commit(head, many, { state: inReview }));
      await reports.recordEvents(next.outbox);
      const { items } = await reports.events(head.id, { limit: 50 });
      expect(items.map((event) => event.seq)).toEqual(next.outbox.map((event) => event.seq));
    });

    it("cannot be overwritten: another event in the same place is called out", async () => {
      const head = await givenDraft("G03");
      await reports.recordEvents(head.outbox);
      const [first] = head.outbox;
      const forged = { ...first, hash: sha256("forged") } as ChainedEvent;
      await expect(reports.recordEvents([forged])).rejects.toThrow(/recorded with another content/);
      expect((await reports.events(head.id, { limit: 5 })).items).toEqual(head.outbox);
    });
  });
}

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function pagesOf<T>(
  query: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<(readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await query({ limit, ...omitUndefined({ after }) });
    expect(items.length).toBeLessThanOrEqual(limit);
    pages.push(items);
    after = next;
  } while (after !== undefined);
  return pages;
}

const text = (json: string): string => Buffer.from(json).toString("base64url");

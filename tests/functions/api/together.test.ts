import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { sectionConflictDetails } from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Answer, type Service } from "./service.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});

/** The table as the example has it, in which nothing is wrong. */
const sound = tableIn(loadExampleUnit("137001").sections, "t10");

async function restore(): Promise<void> {
  const base = (await service.head(id))?.sections.t10?.sha256;
  const answer = await service.call("limin", "PUT", at("/sections/t10"), { base, value: sound });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}
afterAll(() => service.close());

const at = (path: string) => `/api/reports/${id}${path}`;
const codeOf = ({ body }: Answer) => (body as { error?: { code: string } }).error?.code;
const count = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe("people at work at once", () => {
  const vehicles = (value: number) => ({ rows: [{ key: "other_cars", cells: { final: value } }] });

  it("on two tables never collide", async () => {
    const head = await service.head(id);
    const save = async (who: string, section: "t01" | "t03") => {
      const base = head?.sections[section]?.sha256;
      const value = (
        (await service.call(who, "GET", at(`/sections/${section}`))).body as { value: TableData }
      ).value;
      return service.call(who, "PUT", at(`/sections/${section}`), { base, value });
    };
    const answers = await Promise.all([save("limin", "t01"), save("heping", "t03")]);
    expect(count(answers, 200)).toBe(2);
  });

  it("on one table never overwrite each other: the later gets both values", async () => {
    const base = (await service.head(id))?.sections.t10?.sha256 ?? null;
    const first = await service.call("limin", "PUT", at("/sections/t10"), {
      base,
      value: vehicles(4),
    });
    expect(first.status).toBe(200);
    const second = await service.call("heping", "PUT", at("/sections/t10"), {
      base,
      value: vehicles(5),
    });
    expect(second.status).toBe(409);
    expect(codeOf(second)).toBe("section_conflict");
    const { details } = (second.body as { error: { details: unknown } }).error;
    const { current, yours } = sectionConflictDetails.parse(details);
    expect(current.value).toEqual(vehicles(4));
    expect(current.pointer).toMatchObject({ by: "limin" });
    expect(yours).toEqual(vehicles(5));
    const settled = await service.call("heping", "PUT", at("/sections/t10"), {
      base: current.pointer?.sha256,
      value: vehicles(9),
    });
    expect(settled.status).toBe(200);
    expect((await service.call("limin", "GET", at("/sections/t10"))).body).toMatchObject({
      value: vehicles(9),
    });
  });

  it("who save one table twenty at a time have one winner, which is what the answers say", async () => {
    const base = (await service.head(id))?.sections.t10?.sha256;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        service.call("limin", "PUT", at("/sections/t10"), { base, value: vehicles(100 + n) }),
      ),
    );
    expect(count(answers, 200)).toBe(1);
    expect(count(answers, 409)).toBe(19);
    const winner = answers.find(({ status }) => status === 200)?.body as {
      pointer: { sha256: string };
    };
    expect((await service.head(id))?.sections.t10?.sha256).toBe(winner.pointer.sha256);
  });

  it("who submit fifty at a time submit once", async () => {
    await restore();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => service.call("limin", "POST", at("/submit"), {})),
    );
    expect(count(answers, 200)).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(["stale_version", "wrong_status"]).toContain(codeOf(answer));
    }
    const head = await service.head(id);
    expect(head?.outbox.filter(({ event }) => event.type === "submitted")).toHaveLength(1);
    expect((await service.call("limin", "GET", at("/events/verification"))).body).toMatchObject({
      intact: true,
      events: 2,
    });
  });

  it("a submit and a save at once never hand in what was not checked", async () => {
    const { editionHash } = (
      await service.call("limin", "POST", at("/withdraw"), { reason: "附件传错" })
    ).body as ReportView;
    const base = (await service.head(id))?.sections.t10?.sha256;
    const [submitted, saved] = await Promise.all([
      service.call("limin", "POST", at("/submit"), {}),
      service.call("heping", "PUT", at("/sections/t10"), { base, value: vehicles(3) }),
    ]);
    const head = await service.head(id);
    if (submitted.status === 200) {
      expect(head?.state).toMatchObject({ status: "in_review", submission: { editionHash } });
      expect(saved.status).toBe(409);
      await service.call("limin", "POST", at("/withdraw"), { reason: "附件传错" });
    } else {
      expect(codeOf(submitted)).toBe("stale_version");
      expect(saved.status).toBe(200);
    }
    await restore();
  });

  it("who approve at once approve once", async () => {
    const { editionHash } = (await service.call("limin", "POST", at("/submit"), {}))
      .body as ReportView;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        service.call("wangqiang", "POST", at("/approve"), { editionHash }),
      ),
    );
    expect(count(answers, 200)).toBe(1);
    expect((await service.head(id))?.state).toMatchObject({ stage: "department" });
  });

  it("who open a report at once open it once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        service.call("zhouting", "POST", "/api/reports", {
          region: "360200",
          year: 2022,
          orgCode: "137002",
        }),
      ),
    );
    expect(count(answers, 201)).toBe(1);
    expect(answers.filter((answer) => codeOf(answer) === "already_exists")).toHaveLength(9);
  });
});

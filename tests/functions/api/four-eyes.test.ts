import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programOf } from "../../../functions/use-cases/give-up.ts";
import type { Membership } from "../../../shared/registry/registry.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import type { FindingsView, ReportView } from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { Explanations } from "../../../shared/report/sections.ts";
import { region, startService, type Service } from "./service.ts";
import { enterMember } from "../enter.ts";

/** Who saved anything is an author, whatever was saved over it since (四眼原则). */

let service: Service;
const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;

/** Each may draw up, review and sign at once, so that four eyes alone can keep them out. */
const everything: readonly Membership[] = [
  { role: "preparer", orgCode: "137001" },
  { role: "unit_reviewer", orgCode: "137001" },
  { role: "department_reviewer", orgCode: "137" },
  { role: "secrecy_officer", orgCode: "137" },
  { role: "principal", orgCode: "137" },
];
const authors = { saver: "heping", explainer: "duanli", importer: "maojun" } as const;

beforeAll(async () => {
  service = await startService();
  for (const subject of Object.values(authors)) {
    const member = (await service.deps.registry.membersBySubject(subject))[0];
    await enterMember(service.deps.registry, {
      ...{ region, subject, name: `${subject}名`, memberships: everything },
      version: member?.version ?? 0,
    });
  }
  await service.bring("137001", "draft");
});
afterAll(() => service.close());

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBeLessThan(
    300,
  );
  return answer.body as Body;
}

const submit = async () => (await ok<ReportView>("limin", "POST", at("/submit"), {})).editionHash;
const table = (section: string) =>
  ok<{ pointer: { sha256: string; by: string }; value: TableData }>(
    "limin",
    "GET",
    at(`/sections/${section}`),
  );

/** The same table with two economic items traded by an amount, so that all sums still agree. */
function traded({ rows }: TableData, fen: number): TableData {
  const by: Record<string, number> = { "30201": fen, "30202": -fen };
  return {
    rows: rows.map((row) => {
      const change = by[row.key];
      return change === undefined
        ? row
        : { ...row, cells: { final: (row.cells["final"] ?? 0) + change } };
    }),
  };
}

/** The codes with which a person is refused every act of review on the submission in review. */
async function refusals(who: string, editionHash: string): Promise<readonly string[]> {
  const codes: string[] = [];
  for (const [path, body] of [
    ["/approve", { editionHash }],
    ["/return", { editionHash, reason: "请核对。" }],
    ["/sign-offs", { editionHash, kind: "principal" }],
    ["/sign-offs", { editionHash, kind: "secrecy" }],
  ] as const) {
    const { status, body: answer } = await service.call(who, "POST", at(path), body);
    codes.push(status < 300 ? "done" : (answer as { error: { code: string } }).error.code);
  }
  return codes;
}
const fourEyes = Array.from({ length: 4 }, () => "four_eyes");

async function expectAuthorsKeptOut(editionHash: string): Promise<void> {
  for (const who of Object.values(authors)) {
    expect(await refusals(who, editionHash), who).toEqual(fourEyes);
    const { allowedActions } = await ok<ReportView>(who, "GET", at(""));
    expect(allowedActions).not.toContain("approve");
    expect(allowedActions).not.toContain("sign_off_principal");
  }
}

describe("everybody who saved anything of a submission", () => {
  let edition = "";

  it("stays its author though another saved over it, and neither reviews nor signs", async () => {
    const before = await table("t06");
    const his = traded(before.value, 10_000);
    const { pointer } = await ok<{ pointer: { sha256: string } }>(
      authors.saver,
      "PUT",
      at("/sections/t06"),
      { base: before.pointer.sha256, value: his },
    );
    // The very bytes again: success, and the author keeps the place.
    const same = { base: pointer.sha256, value: his };
    expect(await ok("limin", "PUT", at("/sections/t06"), same)).toMatchObject({
      pointer: { sha256: pointer.sha256, by: authors.saver },
    });
    // His figures taken back altogether: he wrote in it all the same.
    const undone = { base: pointer.sha256, value: before.value };
    expect(await ok("limin", "PUT", at("/sections/t06"), undone)).toMatchObject({
      pointer: { by: "limin" },
    });

    // Who explained a warning, and was explained over.
    const { value: explained } = await ok<{ value: Explanations }>(
      "limin",
      "GET",
      at("/sections/explanations"),
    );
    const [first] = explained.entries;
    if (first === undefined) throw new Error("The example has no explanation.");
    for (const who of [authors.explainer, "limin"]) {
      const { value } = await ok<{ value: Explanations }>(who, "GET", at("/sections/explanations"));
      const own = value.entries.find(({ reason }) => reason === first.reason);
      await ok("limin", "DELETE", at(`/explanations/${own?.id ?? ""}`));
      const { findings } = await ok<FindingsView>(who, "GET", at("/findings"));
      const open = findings.find(
        ({ severity, explanation }) => severity === "warning" && explanation === undefined,
      );
      const request = { finding: open?.id, reason: first.reason };
      await ok(who, "POST", at("/explanations"), request);
    }
    expect((await service.head(id))?.sections.explanations?.by).toBe("limin");

    // Who imported the workbook as it was.
    const { body: bytes } = await service.call(authors.importer, "GET", at("/workbook"));
    await ok(authors.importer, "POST", at("/imports"), {
      format: "xlsx",
      content: Buffer.from(bytes as Uint8Array).toString("base64"),
    });

    const head = await service.head(id);
    expect(head?.editors).toEqual([...Object.values(authors), "limin"].sort());
    edition = await submit();
    await expectAuthorsKeptOut(edition);
    expect((await service.head(id))?.state).toMatchObject({
      stage: "unit",
      verdicts: [],
      signOffs: {},
    });
  }, 60_000);

  it("stays its author when it is withdrawn, or returned, and handed in again", async () => {
    await ok("limin", "POST", at("/withdraw"), { reason: "附件传错" });
    expect(await submit()).toBe(edition);
    await expectAuthorsKeptOut(edition);
    await ok("wangqiang", "POST", at("/return"), { editionHash: edition, reason: "请核对。" });
    const { pointer, value } = await table("t06");
    await ok("limin", "PUT", at("/sections/t06"), {
      base: pointer.sha256,
      value: traded(value, 20_000),
    });
    const second = await submit();
    expect(second).not.toBe(edition);
    edition = second;
    await expectAuthorsKeptOut(edition);
  }, 60_000);

  it("may review the correction of what is public, unless they write in that, too", async () => {
    await ok("wangqiang", "POST", at("/approve"), { editionHash: edition });
    await ok("qianli", "POST", at("/sign-offs"), { editionHash: edition, kind: "secrecy" });
    await ok("zhenghua", "POST", at("/sign-offs"), { editionHash: edition, kind: "principal" });
    await ok("suntao", "POST", at("/approve"), { editionHash: edition });
    const documentNumber = "景财决〔2023〕12号";
    await ok("fengyuan", "POST", at("/approve"), { editionHash: edition, documentNumber });
    const inHand = await reportInHand(service.deps, id);
    if (inHand === undefined) throw new Error("The report is gone.");
    const order = {
      type: "record_publication",
      editionHash: edition,
      path: "/2022/137001/",
    } as const;
    expect((await handleCommand(service.deps, inHand, order, programOf.publish)).ok).toBe(true);

    await ok("limin", "POST", at("/correct"), { reason: "更正办公费" });
    expect((await service.head(id))?.editors).toBeUndefined();
    const { pointer, value } = await table("t06");
    const hers = await ok<{ pointer: { sha256: string } }>(
      authors.explainer,
      "PUT",
      at("/sections/t06"),
      { base: pointer.sha256, value: traded(value, 5_000) },
    );
    await ok("limin", "PUT", at("/sections/t06"), {
      base: hers.pointer.sha256,
      value: traded(value, 6_000),
    });
    edition = await submit();
    expect(await refusals(authors.explainer, edition)).toEqual(fourEyes);
    // He wrote in the first submission only, and nothing that he saved last is left in this one.
    expect((await ok<ReportView>(authors.saver, "GET", at(""))).allowedActions).toContain(
      "approve",
    );
    await ok(authors.saver, "POST", at("/approve"), { editionHash: edition });
  }, 60_000);
});

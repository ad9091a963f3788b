import { afterAll, beforeAll, expect, it } from "vitest";
import { region, startService, type Answer, type Service } from "./service.ts";

/** A bureau that publishes all reports of a year on a day of its own (集中公开), before the law's twenty are over. */

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const put = async (publishDue?: string): Promise<Answer> => {
  const version = (await service.deps.registry.year(region, 2022))?.version ?? 0;
  return service.call("xuning", "PUT", `/api/regions/${region}/years/2022`, {
    ...{ edition: "jiangxi-2022", status: "open", unitDue: "2023-07-31" },
    ...{ departmentDue: "2023-08-15", bureauDue: "2023-08-31", version },
    ...(publishDue !== undefined && { publishDue }),
  });
};
const stored = async () => (await service.deps.registry.year(region, 2022))?.publishDue;

it("is refused before the approvals are due, and after the law's last day", async () => {
  for (const day of ["2023-08-30", "2023-09-21"]) {
    const { status, body } = await put(day);
    expect([status, JSON.stringify(body)]).toEqual([
      400,
      expect.stringContaining("公开期限须在批复期限（2023-08-31）到其后 20 日（2023-09-20）之间"),
    ]);
  }
  expect((await put("2023-09-31")).status).toBe(400);
  expect(await stored()).toBeUndefined();
});

it("is the last day of a report that is approved before it, and can be given up", async () => {
  expect((await put("2023-09-05")).status).toBe(200);
  service.at("2023-08-28T02:00:00.000Z");
  const id = await service.bring("137001", "bureau");
  const { state } = (await service.head(id)) ?? {};
  const editionHash = state?.status === "in_review" ? state.submission.editionHash : "";
  const approved = await service.call("fengyuan", "POST", `/api/reports/${id}/approve`, {
    ...{ editionHash, documentNumber: "甲财决〔2023〕1号" },
  });
  expect(approved.status, JSON.stringify(approved.body)).toBe(200);
  expect((await service.head(id))?.state).toMatchObject({ approval: { publishBy: "2023-09-05" } });

  expect((await put()).status).toBe(200);
  expect(await stored()).toBeUndefined();
});

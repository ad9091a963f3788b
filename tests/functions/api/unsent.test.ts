import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unsentResponse } from "../../../shared/contract/responses.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
const id = "360200-2022-137001";
const path = `/api/reports/${id}/unsent`;
const [office, home] = ["0".repeat(32), "f".repeat(32)];

beforeAll(async () => {
  service = await startService();
  const body = { region: "360200", year: 2022, orgCode: "137001" };
  await service.call("limin", "POST", "/api/reports", body);
});
afterAll(() => service.close());

const report = (who: string, device: string, sections: readonly string[]) =>
  service.call(who, "PUT", path, { device, sections });
const seenBy = async (who: string) => {
  const { body } = await service.call(who, "GET", path);
  return unsentResponse
    .parse(body)
    .items.map(({ name, device, sections }) => [name, device, ...sections]);
};

describe("unsent changes of a report", () => {
  it("are seen by whoever may edit it, browser by browser, until they are sent", async () => {
    await report("limin", office, ["t01", "facts", "t01"]);
    service.at("2023-08-01T02:10:00.000Z");
    await report("limin", home, ["narrative"]);
    const both = [
      ["limin名", home, "narrative"],
      ["limin名", office, "t01", "facts"],
    ];
    expect(await seenBy("heping")).toEqual(both);
    expect(await seenBy("limin")).toEqual(both);
    await report("limin", home, []);
    expect(await seenBy("heping")).toEqual(both.slice(1));
  });

  it("are nobody's business who only reviews it, and not there for strangers", async () => {
    for (const [who, status] of [
      ["wangqiang", 403],
      ["xuning", 403],
      ["shenbo", 403],
      ["zhouting", 404],
      ["panyun", 404],
      [undefined, 401],
    ] as const) {
      expect((await service.call(who, "GET", path)).status, who).toBe(status);
      const put = await service.call(who, "PUT", path, { device: home, sections: ["t01"] });
      expect(put.status, who).toBe(status);
    }
  });

  it("of a section are gone once their person has saved it, and back when something is typed again", async () => {
    const save = async (who: string, base: string | null) => {
      const value = { reasons: {}, purposes: {}, additions: { basic: [`${who}补充说明。`] } };
      const saving = `/api/reports/${id}/sections/narrative`;
      expect((await service.call(who, "PUT", saving, { base, value })).status).toBe(200);
    };
    await report("limin", office, ["narrative", "facts"]);
    service.at("2023-08-01T02:30:00.000Z");
    await save("heping", null);
    expect(await seenBy("heping")).toEqual([["limin名", office, "narrative", "facts"]]);
    await save("limin", (await service.head(id))?.sections.narrative?.sha256 ?? null);
    expect(await seenBy("heping")).toEqual([["limin名", office, "facts"]]);
    service.at("2023-08-01T02:31:00.000Z");
    await report("limin", office, ["narrative"]);
    expect(await seenBy("heping")).toEqual([["limin名", office, "narrative"]]);
  });

  it("run out a week after they were reported", async () => {
    service.at("2023-08-09T02:00:00.000Z");
    expect(await seenBy("heping")).toEqual([]);
  });

  it("are kept for five browsers of a person, the latest", async () => {
    for (let n = 1; n <= 8; n += 1) {
      service.at(`2023-08-09T03:0${String(n)}:00.000Z`);
      await report("limin", String(n).repeat(32), ["t02"]);
    }
    expect((await seenBy("heping")).map(([, device = ""]) => device[0])).toEqual([
      "8",
      "7",
      "6",
      "5",
      "4",
    ]);
  });

  it("of two browsers reported at once are both kept", async () => {
    await Promise.all([report("heping", office, ["t03"]), report("heping", home, ["t04"])]);
    const own = (await seenBy("limin")).filter(([name]) => name === "heping名");
    expect(own.map(([, device]) => device).sort()).toEqual([office, home]);
  });

  it("name sections and a browser, or are refused", async () => {
    for (const body of [
      { device: home, sections: ["nowhere"] },
      { device: "陈雨的电脑", sections: [] },
      { device: home, sections: Array.from({ length: 101 }, () => "t01") },
    ]) {
      expect((await service.call("limin", "PUT", path, body)).status).toBe(400);
    }
  });

  it("name no table that the report's edition does not have", async () => {
    const before = await seenBy("limin");
    const body = { device: home, sections: ["t01", "t99"] };
    expect((await service.call("limin", "PUT", path, body)).status).toBe(404);
    expect(await seenBy("limin")).toEqual(before);
  });
});

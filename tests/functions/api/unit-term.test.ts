import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  departmentProgressResponse,
  progressResponse,
  reportResponse,
  reportsResponse,
  worklistResponse,
} from "../../../shared/contract/responses.ts";
import { storeApproved } from "../approved-report.ts";
import { region, startService, type Service } from "./service.ts";

/** The last day by which a department must have approved its units, wherever a person reads it. */
let service: Service;
let waiting: string;
const yearDue = "2023-08-15";
const unitDue = "2023-07-31";
const fifteenDays = "2023-08-25";

beforeAll(async () => {
  service = await startService();
  waiting = await service.bring("137001", "department");
  await service.bring("137002", "draft");
});
afterAll(() => service.close());

const get = async (who: string, path: string) => (await service.call(who, "GET", path)).body;
const inRegion = (path: string) => `/api/regions/${region}/${path}`;

/** Last day of a unit's report as each page shows it. */
async function dues(orgCode: string, who: string) {
  await service.relay();
  const id = `${region}-2022-${orgCode}`;
  const view = reportResponse.parse(await get(who, `/api/reports/${id}`));
  const list = reportsResponse.parse(await get(who, inRegion("years/2022/reports")));
  const work = worklistResponse.parse(await get(who, inRegion("worklist")));
  // Who sees the department sees its page, others their own unit's row.
  const ofDepartment = departmentProgressResponse.safeParse(
    await get(who, inRegion("years/2022/progress/137")),
  );
  const progress = ofDepartment.success
    ? ofDepartment.data
    : progressResponse.parse(await get(who, inRegion("years/2022/progress")));
  const inWork = [...work.mine, ...work.following].find((one) => one.id === id);
  return {
    view: view.turn?.due,
    list: list.items.find((one) => one.id === id)?.turn?.due,
    worklist: inWork?.turn?.due,
    progress: progress.rows.find((row) => row.orgCode === orgCode)?.due,
  };
}
const everywhere = (due: string) => ({ view: due, list: due, worklist: due, progress: due });

describe("while the department's own report is not approved", () => {
  it("its units have the year's last day", async () => {
    expect(await dues("137001", "suntao")).toEqual(everywhere(yearDue));
  });
});

describe("once the department's own report is approved", () => {
  beforeAll(async () => {
    const body = { region, year: 2022, orgCode: "137" };
    const opened = await service.call("zhaolin", "POST", "/api/reports", body);
    expect(opened.status).toBe(201);
    await storeApproved(service.deps.reports, `${region}-2022-137`, "2023-08-10T02:00:00.000Z");
  });

  it("a unit that waits for it has 15 days from then, on every page and for its preparer", async () => {
    expect(await dues("137001", "suntao")).toEqual(everywhere(fifteenDays));
    expect(await dues("137001", "limin")).toEqual(everywhere(fifteenDays));
  });

  it("nothing of that day is stored with the unit", async () => {
    expect((await service.head(waiting))?.turn?.due).toBe(yearDue);
  });

  it("the progress counts it as overdue when the 15 days are over, not before", async () => {
    const overdue = async (day: string) => {
      service.at(`${day}T02:00:00.000Z`);
      await service.relay();
      const { rows } = departmentProgressResponse.parse(
        await get("suntao", inRegion("years/2022/progress/137")),
      );
      return rows.find(({ orgCode }) => orgCode === "137001")?.overdue;
    };
    expect(await overdue("2023-08-25")).toBe(false);
    expect(await overdue("2023-08-26")).toBe(true);
  });

  it("a unit that has not handed in keeps the last day of its own level", async () => {
    expect(await dues("137002", "zhouting")).toEqual(everywhere(unitDue));
  });

  it("a unit that is approved already has none but that of its publication", async () => {
    await storeApproved(service.deps.reports, waiting, "2023-08-12T02:00:00.000Z");
    const view = reportResponse.parse(await get("suntao", `/api/reports/${waiting}`));
    expect([view.publishBy, view.turn]).toEqual(["2023-09-01", undefined]);
  });
});

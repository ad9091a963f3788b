import { openCounty, editorOf, read, type County } from "./county.ts";
import type { Line } from "./line.ts";
import { median, msOf } from "./quantile.ts";

const sizes = [1, 100, 10_000] as const;
const rounds = 50;

/** What people ask most, over HTTP, where there is one report besides, a hundred, and ten thousand; in turns. */
export async function measureGrowth(): Promise<readonly Line[]> {
  const counties: County[] = [];
  try {
    for (const departments of sizes) counties.push(await openCounty({ departments, editors: 0 }));
    const acts = await Promise.all(counties.map(actsOf));
    const times = acts.map((one) => one.map((): number[] => []));
    for (let round = -5; round < rounds; round += 1) {
      for (const [at, one] of acts.entries()) {
        for (const [index, { act }] of one.entries()) {
          const ms = await msOf(act);
          if (round >= 0) times[at]?.[index]?.push(ms);
        }
      }
    }
    const progress = await Promise.all(counties.slice(-1).map((one) => pageMs(one, "progress")));
    const late = await Promise.all(
      counties.slice(-1).map((one) => pageMs(one, "nodes?having=overdue")),
    );
    return [
      {
        name: "The first page of the progress of 10000 reports",
        ...{ value: progress[0] ?? Number.NaN, unit: "ms", limit: 200 },
      },
      {
        name: "The first page of nodes that are late, among 10000 reports",
        ...{ value: late[0] ?? Number.NaN, unit: "ms", limit: 200 },
      },
      ...(acts[0] ?? []).flatMap(({ name }, index) =>
        [1, 2].map((at): Line => ({
          name: `${name}, ${String(sizes[at])} reports ÷ one`,
          value: median(times[at]?.[index] ?? []) / median(times[0]?.[index] ?? []),
          ...{ unit: "×", limit: 1.3 },
        })),
      ),
    ];
  } finally {
    for (const county of counties) await county.close();
  }
}

async function pageMs(county: County, page: string): Promise<number> {
  const times: number[] = [];
  for (let round = -5; round < 15; round += 1) {
    const path = `/api/regions/360200/years/2022/${page}`;
    const ms = await msOf(() => read(county, "fengyuan", path));
    if (round >= 0) times.push(ms);
  }
  return median(times);
}

async function actsOf(county: County) {
  const [draft] = county.drafts;
  if (draft === undefined) throw new Error("There is nothing to save in.");
  const waiting = county.waiting.values();
  return [
    { name: "A save", act: await editorOf(county, draft) },
    {
      name: "Reading a report",
      act: () => read(county, draft.preparer, `/api/reports/${draft.id}`),
    },
    {
      name: "The worklist of a preparer",
      act: () => read(county, draft.preparer, "/api/regions/360200/worklist"),
    },
    {
      name: "The worklist of the bureau",
      act: () => read(county, "fengyuan", "/api/regions/360200/worklist?limit=20"),
    },
    {
      name: "A verdict",
      act: async () => {
        const { status, body } = await county.ask(
          "fengyuan",
          "POST",
          `/api/reports/${waiting.next().value ?? ""}/return`,
          { editionHash: county.editionHash, reason: "请核对项目支出后再报。" },
        );
        if (status !== 200) throw new Error(JSON.stringify(body));
      },
    },
  ];
}

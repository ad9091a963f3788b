import { addDays, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { enterRecords } from "../../../functions/use-cases/registry-chain.ts";
import { city } from "./city.ts";
import { createPlay, type PlayDeps } from "./play.ts";
import { loadSeedReport, loadSeedUnit, seedUnits } from "./reports/load-report.ts";
import { seedReason } from "./reports/reasons.ts";

/** Offices and people of the city, entered as when an installation is set up. */
export async function seedRegistry(deps: Pick<PlayDeps, "registry" | "now">): Promise<void> {
  for (const { settings, orgs, people } of city) {
    const region = settings.code;
    await enterRecords(deps, region, [
      ...orgs.map((org) => ({ kind: "org" as const, value: { ...org, region, version: 0 } })),
      ...people.map(({ id, name, memberships }) => ({
        kind: "member" as const,
        value: { region, subject: id, name, memberships, version: 0 },
      })),
    ]);
  }
}

/** Days before the seeding on which the city's work began. */
const workBeganDaysAgo = 5;
/** Between two acts of the play. */
const stepMinutes = 17;

/** Opens the years and lets the people work, up to the moment of seeding: reports in every state. */
export async function seedHistory(deps: PlayDeps): Promise<void> {
  const today = shanghaiDay(deps.now());
  let step = 0;
  const began = Date.parse(`${addDays(today, -workBeganDaysAgo)}T01:00:00.000Z`);
  const playDeps: PlayDeps = {
    ...deps,
    now: () => new Date(began + stepMinutes * 60_000 * (step += 1)).toISOString(),
  };
  for (const { settings, year } of city) {
    const value = {
      region: settings.code,
      year: year.year,
      edition: year.edition,
      status: "open" as const,
      unitDue: addDays(today, year.dueInDays.unit),
      departmentDue: addDays(today, year.dueInDays.department),
      bureauDue: addDays(today, year.dueInDays.bureau),
      version: 0,
    };
    await enterRecords(deps, settings.code, [{ kind: "year", value }]);
  }
  await playJingdezhen(playDeps);
  await playPutuo(playDeps);
}

async function playJingdezhen(deps: PlayDeps): Promise<void> {
  const play = createPlay(deps, "360200", 2022);
  const preparers = { "137001": "limin", "137002": "zhouting", "137003": "chenyu" } as const;
  for (const unit of seedUnits) {
    await play.open(unit, preparers[unit]);
    await play.fill(unit, preparers[unit], loadSeedUnit(unit).sections);
    await play.explain(unit, preparers[unit], seedReason);
    await play.submit(unit, preparers[unit]);
  }
  await play.approve("137001", "wangqiang");
  await play.approve("137003", "hejing");
  await play.comment("137003", "suntao", {
    cell: "t03/total/project",
    text: "项目支出与代办中心运转经费的执行数对不上，请核对后说明。",
  });
  await play.sendBack("137003", "suntao", "请核对项目支出，并补充与自评表一致的说明。");
  await play.signOff("137001", "secrecy", "qianli");
  await play.signOff("137001", "principal", "zhenghua");
  await play.approve("137001", "suntao");
  await play.approve("137001", "fengyuan", "景财决〔2023〕12号");

  // Typed in as sums (汇总录入表): a 汇总 takes approved units alone, and two of the three are still on their way.
  await play.open("137", "zhaolin");
  await play.fill("137", "zhaolin", loadSeedReport("jingdezhen-2022").sections);
}

async function playPutuo(deps: PlayDeps): Promise<void> {
  const play = createPlay(deps, "310107", 2024);
  await play.open("105", "gumin");
  await play.fill("105", "gumin", loadSeedReport("putuo-2024").sections);
  await play.explain("105", "gumin", seedReason);
  await play.submit("105", "gumin");
  await play.signOff("105", "secrecy", "tangjie");
  await play.signOff("105", "principal", "xieyi");
  await play.approve("105", "luming");
  await play.approve("105", "panyun", "普财决〔2025〕8号");
}

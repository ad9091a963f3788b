import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { now } from "../../../functions/platform/clock.ts";
import { newId, sha256 } from "../../../functions/platform/ids.ts";
import { city } from "../../../infra/local/seed/city.ts";
import { createPlay } from "../../../infra/local/seed/play.ts";
import { seedRegistry } from "../../../infra/local/seed/seed.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { casts, reportOf } from "./cast.ts";
import { openStores } from "./office.ts";
import { enterYear } from "../../functions/enter.ts";

/** Sections of every report as they pass the checks: what its people begin with. */
const contents: Readonly<Record<string, Sections>> = {
  "360200-2022-137001": loadExampleUnit("137001").sections,
  "360200-2022-137002": loadExampleUnit("137002").sections,
  "360200-2022-137003": loadExampleUnit("137003").sections,
  "360200-2022-137": loadExample("jingdezhen-2022").sections,
  "310107-2024-105": loadExample("putuo-2024").sections,
};

/**
 * A data folder with the seeded offices and people, their open years, and drafts filled in; one
 * report is still to be opened. Answers the file that has what the people fill in.
 */
export async function prepareFolder(folder: string): Promise<string> {
  const stores = await openStores(folder);
  await seedRegistry({ ...stores, now });
  for (const { settings, year } of city) {
    await enterYear(stores.registry, {
      ...{ region: settings.code, year: year.year, edition: year.edition, status: "open" },
      ...{ unitDue: "2023-08-01", departmentDue: "2023-08-10", bureauDue: "2023-08-20" },
      version: 0,
    });
  }
  const stage = { ...stores, files: stores.vault, sha256, editions: shippedEditions, now, newId };
  for (const cast of casts.filter(({ region }) => region === "360200")) {
    const sections = contents[reportOf(cast)];
    if (sections === undefined) throw new Error(`Nothing to fill ${cast.orgCode} with.`);
    const play = createPlay(stage, cast.region, cast.year);
    await play.open(cast.orgCode, cast.preparer);
    await play.fill(cast.orgCode, cast.preparer, sections);
  }
  await stores.close();
  const file = join(folder, "contents.json");
  await writeFile(file, JSON.stringify(contents));
  return file;
}

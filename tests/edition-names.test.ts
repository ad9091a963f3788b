import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { shippedEditions } from "../shared/editions/shipped-editions.ts";

/**
 * An edition is added in its own folder, and by one line in the list of those that are shipped: nothing else knows
 * an edition, a region or its style by name, so nothing else has to be edited for another one.
 */

const root = join(import.meta.dirname, "..");

/**
 * What may name places: the editions, the base they derive from (where it was seen in print), the list of them, and the
 * data of one installation or demonstration.
 */
const allowed = [
  "shared/editions/national/",
  ...shippedEditions.all.map(({ id }) => `shared/editions/${id}/`),
  "shared/editions/shipped-editions.ts",
  "infra/stages.ts",
  "infra/local/seed/",
  "infra/local/demo/",
];

/** The time zone is the country's own, and its day and offset are called after it. */
const timeZone = /Asia\/Shanghai|in Shanghai\b|shanghai(?:Day|Time|OffsetMs)\b/gu;

const names = new RegExp(
  // The national editions are of no region.
  shippedEditions.all
    .filter(({ words }) => words.places.length > 0)
    .flatMap(({ id, words }) => [id.split("-")[0], ...words.places])
    .join("|"),
  "iu",
);

const files = ["shared", "functions", "web", "infra"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file}`)
    .filter(
      (file) => /\.(?:tsx?|css|html)$/u.test(file) && !/\/(?:dist|node_modules)\//u.test(file),
    ),
);

const naming = (text: string): string[] =>
  text.split("\n").filter((line) => names.test(line.replaceAll(timeZone, "")));

it("nothing outside an edition's own folder names an edition, a style or a region", () => {
  const found = files
    .filter((file) => !allowed.some((path) => file.startsWith(path)))
    .flatMap((file) =>
      naming(readFileSync(join(root, file), "utf8")).map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

it("sees a name in code, in a comment and in Chinese, and lets the time zone be", () => {
  expect(naming('if (edition.id === "jiangxi-2022") return;')).toHaveLength(1);
  expect(naming("/** As Shanghai prints it. */")).toHaveLength(1);
  expect(naming('const title = "上海市部门决算";')).toHaveLength(1);
  expect(naming("const day = shanghaiDay(at); // Asia/Shanghai")).toEqual([]);
});

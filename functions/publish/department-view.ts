import {
  countsOf,
  sumOf,
  type CataloguePart,
  type CatalogueRow,
  type DepartmentRow,
} from "../../shared/disclosure/catalogue.ts";
import { partOf, rowKey } from "../../shared/disclosure/paged-rows.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import type { YearContent } from "../../web/portal/index-pages.ts";
import type { Regrouped } from "./portal-directory.ts";

/** Parts that name a department: the one its own row is in, and its first. */
export const headParts = (parts: readonly CataloguePart[], codes: readonly string[]): string[] => [
  ...new Set(
    codes.flatMap((code) =>
      [
        partOf(parts, rowKey(code, code)),
        parts.find(({ prefix }) => prefix.startsWith(rowKey(code))),
      ].flatMap((part) => part?.prefix ?? []),
    ),
  ),
];

/** A department as its rows and parts make it; undefined when it has none any more. */
export function departmentView({ groups, parts }: Regrouped<CatalogueRow>, code: string) {
  const beginning = rowKey(code);
  const within = parts.filter(({ prefix }) => prefix.startsWith(beginning));
  const rows = [...groups.values()].flatMap((group) =>
    [...group].flatMap(([key, row]) => (key.startsWith(beginning) ? [row] : [])),
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const own = rows.find((row) => row.code === code);
  const named = own ?? rows.find(({ department }) => department.name !== undefined);
  const isWhole = within.length <= 1;
  const department: DepartmentRow = {
    code,
    name: own?.name ?? named?.department.name ?? code,
    counts: isWhole ? countsOf(rows) : sumOf(within.map(({ counts }) => counts)),
    ...omitUndefined({ own }),
  };
  return {
    department,
    content: isWhole
      ? { kind: "offices" as const, rows }
      : { kind: "parts" as const, parts: within },
    parts: isWhole
      ? []
      : within.flatMap((part) => {
          const group = groups.get(part.prefix);
          return group === undefined ? [] : [{ part, rows: [...group.values()] }];
        }),
  };
}

/** What the page of a year shows: its offices, its departments, or the parts they are listed in. */
export function yearContent(
  offices: Regrouped<CatalogueRow>,
  departments: Regrouped<DepartmentRow>,
): YearContent {
  const whole = offices.groups.get("");
  if (offices.parts.length <= 1) {
    return { kind: "offices", rows: whole === undefined ? [] : [...whole.values()] };
  }
  const list = departments.groups.get("");
  return list === undefined
    ? { kind: "parts", parts: departments.parts }
    : { kind: "departments", departments: [...list.values()] };
}

import { registryDeedName } from "../../../shared/registry/registry-words.ts";
import type { AuditFilter, AuditType } from "../../../shared/audit/audit-entry.ts";
import { addDays, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { deedName } from "../../../shared/workflow/deeds.ts";

/** What the audit page looks for, as its address says: days in Asia/Shanghai, both included. */
export interface AuditSearch {
  readonly from: string;
  readonly to: string;
  readonly person?: string;
  readonly unit?: string;
  readonly type?: NonNullable<AuditFilter["type"]>;
}

/** Every kind of event by its name. */
export const auditTypeName: Readonly<Record<AuditType, string>> = {
  ...deedName,
  ...registryDeedName,
};

/** Days that are looked through where the address names none. */
const daysAtFirst = 30;

/** An address that asks for what there is not asks for nothing; without days the last month is meant. */
export function auditSearchOf(search: Record<string, unknown>): Partial<AuditSearch> {
  const { from, to, person, unit, type } = search;
  return {
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(isText(person) ? { person } : {}),
    ...(isText(unit) ? { unit } : {}),
    ...(isType(type) ? { type } : {}),
  };
}

export function withDays(search: Partial<AuditSearch>, now: string): AuditSearch {
  const to = search.to ?? shanghaiDay(now);
  return { ...search, to, from: search.from ?? addDays(to, -daysAtFirst) };
}

const isDay = (value: unknown): value is string =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}$/u.test(value) &&
  !Number.isNaN(Date.parse(value));
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isType = (value: unknown): value is AuditType =>
  typeof value === "string" && Object.hasOwn(auditTypeName, value);

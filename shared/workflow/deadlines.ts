/**
 * Calendar arithmetic on days (YYYY-MM-DD) and instants (ISO 8601 in UTC), without a clock.
 * Statutory terms count calendar days in Asia/Shanghai, which has been UTC+8 all year since 1992.
 */

/** Publication within 20 days of the bureau's approval (预算法 第十四条). */
export const publicationDays = 20;

/** A department approves its units within 15 days of its own approval (预算法 第八十条). */
export const unitApprovalDays = 15;

/** A correction (更正) is handed in as fast as a first publication: 20 days from its opening. */
export const correctionDays = 20;

/** A request to take a report down (撤下申请) is decided within three days; afterwards the bureau is reminded daily. */
export const takeDownDays = 3;

const msPerDay = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at an instant. */
export function shanghaiDay(instant: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u.test(instant)) {
    throw new Error(`Not an instant in UTC: ${instant}`);
  }
  return dayAt(Date.parse(instant) + shanghaiOffsetMs);
}

export const addDays = (day: string, days: number): string => dayAt(startOf(day) + days * msPerDay);

/** The same day of the next year, and the last of February for its 29th. */
export function yearLater(day: string): string {
  const later = `${String(Number(day.slice(0, 4)) + 1)}${day.slice(4)}`;
  return later.endsWith("-02-29") ? `${later.slice(0, 8)}28` : later;
}

/** Days from one day to a later one; negative when it is earlier. */
export const daysBetween = (day: string, other: string): number =>
  (startOf(other) - startOf(day)) / msPerDay;

/** Last day on which an approved report must be public; the day of its document (批复日期) is day 0. */
export const publishByDay = (approvedOn: string): string => addDays(approvedOn, publicationDays);

/** The same in a year whose bureau publishes all on a day of its own, where that day is still to come and earlier. */
export function publishByIn(approvedOn: string, publishDue: string | undefined): string {
  const law = publishByDay(approvedOn);
  return publishDue !== undefined && publishDue >= approvedOn && publishDue < law
    ? publishDue
    : law;
}

/** The same of an approval whose document bears the day it was given. */
export const publishBy = (approvedAt: string): string => publishByDay(shanghaiDay(approvedAt));

/** Last day on which a department must have approved its units, by the last day of its own publication. */
export const unitsApprovedBy = (departmentPublishBy: string): string =>
  addDays(departmentPublishBy, unitApprovalDays - publicationDays);

/** Whether a last day has wholly passed in Asia/Shanghai. */
export const isOverdue = (due: string, instant: string): boolean => shanghaiDay(instant) > due;

function startOf(day: string): number {
  const start = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(day) : NaN;
  if (Number.isNaN(start)) throw new Error(`Not a day: ${day}`);
  return start;
}

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

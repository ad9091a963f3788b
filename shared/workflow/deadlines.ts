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

const msPerDay = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at an instant. */
export function shanghaiDay(instant: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?Z$/u.exec(instant);
  const [, day, hours, minutes, seconds] = match ?? [];
  if (day === undefined) throw new Error(`Not an instant in UTC: ${instant}`);
  const msOfDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return dayOf(Math.floor((dayNumber(day) * msPerDay + msOfDay + shanghaiOffsetMs) / msPerDay));
}

export const addDays = (day: string, days: number): string => dayOf(dayNumber(day) + days);

/** Days from one day to a later one; negative when it is earlier. */
export const daysBetween = (day: string, other: string): number =>
  dayNumber(other) - dayNumber(day);

/** Last day on which an approved report must be public; the day of approval is day 0. */
export const publishBy = (approvedAt: string): string =>
  addDays(shanghaiDay(approvedAt), publicationDays);

/** Last day on which a department must have approved its units. */
export const unitsApprovedBy = (approvedAt: string): string =>
  addDays(shanghaiDay(approvedAt), unitApprovalDays);

/** Whether a last day has wholly passed in Asia/Shanghai. */
export const isOverdue = (due: string, instant: string): boolean => shanghaiDay(instant) > due;

/** Days since 1970-01-01 of the proleptic Gregorian calendar; years start in March so that 29 February is last. */
function dayNumber(day: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day);
  const [year, month, date] = (match ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || date === undefined) {
    throw new Error(`Not a day: ${day}`);
  }
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

function dayOf(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(date)}`;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

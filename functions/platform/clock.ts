/** This instant as an ISO 8601 text in UTC; handed in as `now` wherever time matters. */
export const now = (): string => new Date().toISOString();

const shanghaiOffsetMs = 8 * 60 * 60 * 1000;

/** The calendar day in Asia/Shanghai (UTC+8 all year since 1992) at an instant, as YYYY-MM-DD. */
export function shanghaiDay(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 10);
}

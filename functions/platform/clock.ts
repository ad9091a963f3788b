/**
 * This instant as an ISO 8601 text in UTC; handed in as `now` wherever time matters. The calendar
 * day in China at an instant is `shanghaiDay` in shared/workflow/deadlines.ts.
 */
export const now = (): string => new Date().toISOString();

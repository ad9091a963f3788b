/** Where a report's verified file lies, under its own hash; written once and never again. */
export const uploadKey = (reportId: string, sha256: string): string =>
  `uploads/${reportId}/${sha256}`;

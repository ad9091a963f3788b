/** Key of a report's verified file, under its own hash; written once and never again. */
export const uploadKey = (reportId: string, sha256: string): string =>
  `uploads/${reportId}/${sha256}`;

/** Key of a file that is sent and not yet verified. No section can name it. */
export const waitingRoot = "incoming/";
export const waitingFolder = (reportId: string): string => `${waitingRoot}${reportId}/`;
export const waitingKey = (reportId: string, uploadId: string): string =>
  `${waitingFolder(reportId)}${uploadId}`;
/** Says that a ticket was given out, so that tickets count although nothing was sent with them yet. */
export const ticketKey = (reportId: string, uploadId: string): string =>
  `${waitingKey(reportId, uploadId)}.ticket`;

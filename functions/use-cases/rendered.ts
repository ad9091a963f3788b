/** Where printed reports lie in the vault; one key a submission, so printing twice changes nothing. */
export const renderKey = (reportId: string, editionHash: string): string =>
  `renders/${reportId}/${editionHash}.pdf`;

/** A draft printed on demand; thrown away by the bucket's lifecycle after some days. */
export const previewKey = (editionHash: string): string => `previews/${editionHash}.pdf`;

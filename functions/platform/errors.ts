/** The words of what was thrown, whatever it is. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** An error of Node, which names its cause by a code (`ENOENT`, `Z_DATA_ERROR`). */
export const isCodedError = (error: unknown): error is Error & { readonly code: unknown } =>
  error instanceof Error && "code" in error;

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  isCodedError(error) && codes.includes(String(error.code));

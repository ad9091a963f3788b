/**
 * What is stored is not what this program stored. Thrown where no answer can be given without it; a
 * API answers that the content is damaged, and the log names what and where.
 */
export class DamagedError extends Error {
  override readonly name: string = "DamagedError";
}

/**
 * The command that checks the types of a project with the native compiler. It is named by its path, for the package
 * `typescript`, whose API ESLint reads sources with, calls its program `tsc` too.
 */
export const typeCheck = (project: string): string =>
  `node node_modules/typescript-7/bin/tsc -p ${project}`;

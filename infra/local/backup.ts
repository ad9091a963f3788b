import { backUp } from "./backup-file.ts";
import { runOnFile } from "./run-on-file.ts";

/** `npm run backup -- FILE [--data DIR]`: everything in one file, while the system runs. */
await runOnFile(
  "backup",
  backUp,
  ({ files, megabytes, file }, folder) =>
    `${file} holds the database of ${folder} and ${files} files (${megabytes} MB).`,
);

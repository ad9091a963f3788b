import { restore } from "./backup-file.ts";
import { runOnFile } from "./run-on-file.ts";

/** `npm run restore -- FILE [--data DIR]`: a data folder as it was when the file was made. */
await runOnFile(
  "restore",
  (folder, file, deps) => restore(file, folder, deps),
  (made, folder) =>
    `${folder} is as it was at ${made.madeAt}: database and ${made.files} files (${made.megabytes} MB). Start with \`npm start -- --data ${folder}\`.`,
);

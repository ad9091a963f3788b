import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import type { Result } from "../../shared/result.ts";
import type { Backup } from "./backup-file.ts";

/** Runs a command of `npm run NAME -- FILE [--data DIR]`; exit 0 done, 1 refused in one sentence. */
export async function runOnFile(
  name: string,
  work: (
    folder: string,
    file: string,
    deps: { readonly now: () => string },
  ) => Promise<Result<Backup, { readonly message: string }>>,
  sentenceOf: (
    done: Readonly<Record<"file" | "files" | "megabytes" | "madeAt", string>>,
    folder: string,
  ) => string,
): Promise<void> {
  const refuse = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  };
  const args = readArguments();
  if (args === undefined) {
    refuse(`Usage: npm run ${name} -- FILE [--data DIR]`);
    return;
  }
  const done = await work(args.data, args.file, { now });
  if (!done.ok) {
    refuse(done.error.message);
    return;
  }
  const { files, bytes, madeAt } = done.value;
  const megabytes = (bytes / 1_048_576).toFixed(1);
  const sentence = sentenceOf(
    { file: args.file, files: String(files), megabytes, madeAt },
    args.data,
  );
  process.stdout.write(`${sentence}\n`);
}

function readArguments(): { readonly data: string; readonly file: string } | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: { data: { type: "string", default: ".data" } },
      allowPositionals: true,
    });
    const [file] = positionals;
    return file === undefined || positionals.length > 1 ? undefined : { ...values, file };
  } catch {
    return undefined;
  }
}

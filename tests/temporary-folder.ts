import { accessSync, constants, statfsSync } from "node:fs";

/** Linux keeps it in memory. */
const inMemory = "/dev/shm";
/** What all tests that run at the same time have there is a few hundred megabytes; in a container it may be 64. */
const enoughBytes = 4 * 1024 ** 3;

/**
 * Where tests put their temporary folders, as `TMPDIR`: in memory where the machine has room. The stores sync each
 * write to the disk, which tests would wait for and which says nothing more of them. What is about being killed in the
 * midst of a write lies on the disk, in the folder of the run.
 */
export function temporaryFolder(): Readonly<Record<string, string>> {
  if (process.env["TMPDIR"] !== undefined) return {};
  try {
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= enoughBytes ? { TMPDIR: inMemory } : {};
  } catch {
    return {};
  }
}

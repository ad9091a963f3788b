import { acquireDataLock } from "../../../infra/local/data-lock.ts";

/** A process that claims the folder named to it, as the user named, and keeps it until it dies. */
const [, , folder = "", user] = process.argv;
if (user !== undefined) process.setuid?.(Number(user));
const lock = await acquireDataLock(folder, {
  now: () => "2023-09-15T08:00:00.000Z",
});
if (lock.ok) {
  console.log("held");
  setInterval(() => undefined, 1_000);
} else {
  console.log(lock.error.message);
  process.exitCode = 1;
}

import { hostIssuer, seededPeople } from "./host-issuer.ts";

/** A process that is nothing but the issuer, until it dies; says its address and nothing else. */
const [, , dataDir = "", port = "0"] = process.argv;
const { origin } = await hostIssuer({
  dataDir,
  people: await seededPeople(),
  port: Number(port),
});
process.stdout.write(`${origin}\n`);

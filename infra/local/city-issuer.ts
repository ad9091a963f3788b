import { join } from "node:path";
import type { Log } from "../../functions/platform/log.ts";
import { roleName } from "../../shared/workflow/roles.ts";
import { createIssuer } from "./oidc/issuer.ts";
import { hashPassword } from "./oidc/password.ts";
import type { Person } from "./oidc/person.ts";
import { city, demoPassword } from "./seed/city.ts";
import { silentRenewal } from "./staff-site.ts";

export const staffClientId = "staff";

/** The embedded issuer of the seeded city, for the staff app alone. */
export const openCityIssuer = async ({
  issuerUrl,
  staffUrl,
  dataDir,
  now,
  log,
}: {
  readonly issuerUrl: string;
  readonly staffUrl: string;
  readonly dataDir: string;
  readonly now: () => string;
  readonly log: Log;
}) =>
  createIssuer({
    issuerUrl,
    dataDir: join(dataDir, "oidc"),
    people: await people(),
    clients: [
      {
        clientId: staffClientId,
        name: "决算编审",
        redirectUris: [`${staffUrl}/callback`, `${staffUrl}${silentRenewal}`],
        postLogoutRedirectUris: [`${staffUrl}/`],
      },
    ],
    now,
    onError: (error) => log.error("The issuer failed.", { error }),
  });

/** Whom the embedded issuer lets in: the seeded people, all with the demonstration password. */
async function people(): Promise<Person[]> {
  const passwordHash = await hashPassword(demoPassword);
  return city.flatMap(({ orgs, people: seeded }) =>
    seeded.map(({ id, name, memberships: [first] }) => ({
      subject: id,
      username: id,
      name,
      organisation: orgs.find(({ code }) => code === first.orgCode)?.name ?? first.orgCode,
      role: roleName[first.role],
      passwordHash,
    })),
  );
}

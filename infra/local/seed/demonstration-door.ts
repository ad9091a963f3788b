import { roleName } from "../../../shared/workflow/roles.ts";
import type { SignInDoor } from "../oidc/door.ts";
import { hashPassword } from "../oidc/password.ts";
import { peopleToChoose } from "../oidc/sign-in-form.ts";
import { city, demoPassword } from "./city.ts";

/** Lets the seeded people in, all with the demonstration password. */
export async function demonstrationDoor(): Promise<SignInDoor> {
  const passwordHash = await hashPassword(demoPassword);
  return peopleToChoose(
    city.flatMap(({ orgs, people }) =>
      people.map(({ id, name, memberships: [first] }) => ({
        subject: id,
        username: id,
        name,
        organisation: orgs.find(({ code }) => code === first.orgCode)?.name ?? first.orgCode,
        role: roleName[first.role],
        passwordHash,
      })),
    ),
  );
}

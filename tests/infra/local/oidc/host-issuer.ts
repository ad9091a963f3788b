import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallerAddress } from "../../../../infra/local/caller-address.ts";
import { createIssuer } from "../../../../infra/local/oidc/issuer.ts";
import { hashPassword } from "../../../../infra/local/oidc/password.ts";
import { peopleToChoose } from "../../../../infra/local/oidc/sign-in-form.ts";
import type { Person } from "../../../../infra/local/oidc/person.ts";

export const password = "juesuan";

export async function seededPeople(): Promise<readonly Person[]> {
  const passwordHash = await hashPassword(password);
  const at = (username: string, name: string, organisation: string, role: string): Person => ({
    subject: `p-${username}`,
    username,
    name,
    organisation,
    role,
    passwordHash,
  });
  return [
    { ...at("lin", "林晓", "市机关事务管理局", "编制人"), email: "lin@example.cn" },
    at("zheng", "郑重", "市财政局", "财政审核人"),
    at("sun", "孙悦", "市机关事务管理局", "部门审核人"),
    at("mark", '<b onload="x">&"\'</b>', "<i>测试</i>", "<script>alert(1)</script>"),
  ];
}

export type HostedIssuer = Awaited<ReturnType<typeof hostIssuer>>;

/** An issuer with the staff app as its client, behind a real server on a free or a given port. */
export async function hostIssuer({
  dataDir,
  people,
  port = 0,
  now = () => new Date().toISOString(),
}: {
  readonly dataDir: string;
  readonly people: readonly Person[];
  readonly port?: number;
  readonly now?: () => string;
}) {
  const errors: unknown[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await createIssuer({
    issuerUrl: `${origin}/oidc`,
    dataDir,
    door: peopleToChoose(people),
    callerAddress: createCallerAddress([]),
    now,
    onError: (error) => errors.push(error),
    clients: [
      {
        clientId: "staff",
        name: "决算",
        redirectUris: [`${origin}/callback`],
        postLogoutRedirectUris: [`${origin}/`],
      },
    ],
  });
  server.on("request", (request, response) => {
    issuer.handle(request, response).catch((error: unknown) => errors.push(error));
  });
  return {
    origin,
    issuerUrl: `${origin}/oidc`,
    redirectUri: `${origin}/callback`,
    clientId: "staff",
    jwks: issuer.jwks,
    errors,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await issuer.close();
    },
  };
}

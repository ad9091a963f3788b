import type { ChainedRegistryEvent } from "../../shared/registry/registry.ts";
import { longestDetail, noticeId } from "../../shared/workflow/notices.ts";
import { administratorRole, roleName } from "../../shared/workflow/roles.ts";
import type { NoticeStore, RegistryStore } from "../storage/ports.ts";

/** Shows those administrators who may confirm a grant (授权) that one waits: neither who asked nor who would hold it. */
export async function noticeGrant(
  {
    registry,
    notices,
  }: {
    readonly registry: Pick<RegistryStore, "view">;
    readonly notices: Pick<NoticeStore, "put">;
  },
  region: string,
  { seq, event }: ChainedRegistryEvent,
): Promise<void> {
  if (event.type !== "grant_asked") return;
  const view = await registry.view(region);
  const bureau = await view.bureau();
  if (bureau === undefined) return;
  const { at, by, byName, after } = event;
  const may = (await view.membersAt(bureau.code)).filter(
    ({ subject, memberships }) =>
      subject !== by &&
      subject !== after.subject &&
      memberships.some(
        ({ role, orgCode }) => role === administratorRole && orgCode === bureau.code,
      ),
  );
  const roles = await Promise.all(
    after.memberships.map(
      async ({ role, orgCode }) =>
        `${(await view.org(orgCode))?.name ?? orgCode} ${roleName[role]}`,
    ),
  );
  for (const { subject } of may) {
    await notices.put(region, subject, {
      id: noticeId(at, `${region}.registry.${String(seq)}.grant`),
      ...{ at, kind: "second", about: "请确认授权", title: after.name, byName },
      detail: roles.join("、").slice(0, longestDetail),
      path: `/registry/${region}`,
    });
  }
}

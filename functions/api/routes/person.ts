import { createRoute } from "@hono/zod-openapi";
import { regionParams, worklistQuery } from "../../../shared/contract/requests.ts";
import { meResponse, worklistResponse } from "../../../shared/contract/responses.ts";
import { worklist } from "../../use-cases/worklist.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { memberOf } from "../people.ts";
import { pageOf } from "../page.ts";

const me = createRoute({
  method: "get",
  path: "/api/me",
  summary: "Who I am and what I may do where",
  responses: answers("The person with their memberships, region by region", meResponse),
});

const myWorklist = createRoute({
  method: "get",
  path: "/api/regions/{region}/worklist",
  summary: "What waits for me, earliest due first",
  request: { params: regionParams, query: worklistQuery },
  responses: answers("Reports to act on, to open and to follow", worklistResponse),
});

export function addPersonRoutes(app: ApiApp, deps: ApiDeps): void {
  app.openapi(me, async (c) => {
    const { subject, name, members } = c.var.person;
    const regions = await Promise.all(
      members.map(async ({ region, memberships }) => {
        const view = await deps.registry.view(region);
        return {
          region,
          regionName: deps.regionNames.get(region) ?? region,
          memberships: await Promise.all(
            memberships.map(async ({ role, orgCode }) => ({
              role,
              orgCode,
              orgName: (await view.org(orgCode))?.name ?? orgCode,
            })),
          ),
        };
      }),
    );
    return answer(c, meResponse, { subject, name, regions });
  });

  app.openapi(myWorklist, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    const list = await worklist(deps, member, pageOf(c.req.valid("query")));
    return answer(c, worklistResponse, {
      mine: list.mine,
      toOpen: list.toOpen.map(({ org, year }) => ({
        region: org.region,
        year: year.year,
        orgCode: org.code,
        orgName: org.name,
        due: org.kind === "unit" ? year.unitDue : year.departmentDue,
      })),
      following: list.following,
      damaged: list.damaged,
      next: list.next,
    });
  });
}

import { createRoute } from "@hono/zod-openapi";
import { acceptBody } from "../../../shared/contract/requests.ts";
import { acceptedResponse } from "../../../shared/contract/responses.ts";
import { assertNever } from "../../../shared/result.ts";
import { acceptInvitation, type AcceptanceRefusal } from "../../use-cases/invitations.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError } from "../errors.ts";
import { addressOf, type RateLimits } from "../rate-limit.ts";

export const acceptancePath = "/api/invitations/accept";
const accept = createRoute({
  method: "post",
  path: acceptancePath,
  summary:
    "Become the member I was invited as: by one-time code, or by an address my token verifies",
  request: { body: body(acceptBody) },
  responses: answers("The regions that know me now", acceptedResponse),
});

/**
 * The one route for who has signed in and is nobody here yet. Every refusal is paid from the few requests
 * that an address has without being known, so codes cannot be tried out.
 */
export function addAcceptanceRoute(
  app: ApiApp,
  deps: ApiDeps & Pick<RateLimits, "takeAnonymous">,
): void {
  app.openapi(accept, async (c) => {
    const { code } = c.req.valid("json");
    const { subject, verified } = c.var.identity;
    const accepted = await acceptInvitation(
      deps,
      subject,
      code === undefined ? verified : { code },
    );
    if (!accepted.ok) {
      deps.takeAnonymous(addressOf(c.env));
      throw refusalOf(accepted.error);
    }
    const regions = accepted.value.map(({ region }) => region);
    c.var.log.info("An invitation was accepted.", { subject, regions });
    return answer(c, acceptedResponse, { regions });
  });
}

function refusalOf({ code, ...refusal }: AcceptanceRefusal): ApiError {
  switch (code) {
    case "invitation_void":
      return new ApiError(
        "not_found",
        "验证码不正确、已用过或已过期。请核对后重新输入，或请本地区财政部门的管理员重发验证码。",
      );
    case "invitation_unconfirmed":
      return new ApiError(
        "wrong_status",
        "这份邀请尚待另一名财政管理员确认，确认后请再次输入验证码。",
      );
    case "already_registered":
      return new ApiError(
        "already_exists",
        "您的账号已在本地区登记，岗位如需调整，请联系本地区财政部门的管理员。",
      );
    case "invalid_registry":
      return new ApiError("wrong_status", "message" in refusal ? refusal.message : undefined);
    case "import_under_way":
      return new ApiError("wrong_status", "财政部门正在导入人员，请稍后再次输入验证码。");
    case "stale_version":
      return new ApiError(code);
    default:
      return assertNever(code);
  }
}

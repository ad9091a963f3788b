import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorCode } from "../../shared/contract/errors.ts";

/** The HTTP status of every refusal; leaving a code out does not compile. */
export const statusOf = {
  invalid_request: 400,
  unauthenticated: 401,
  wrong_role: 403,
  four_eyes: 403,
  wrong_level: 403,
  own_membership: 403,
  not_found: 404,
  method_not_allowed: 405,
  wrong_status: 409,
  already_signed: 409,
  section_conflict: 409,
  already_exists: 409,
  stale_version: 412,
  stale_edition: 412,
  too_large: 413,
  second_administrator_needed: 422,
  blocking_findings: 422,
  weak_reason: 422,
  blocking_threads: 422,
  units_outstanding: 422,
  sign_offs_missing: 422,
  document_number_missing: 422,
  approval_day: 422,
  import_refused: 422,
  upload_missing: 422,
  upload_mismatch: 422,
  content_refused: 422,
  content_damaged: 422,
  too_many_requests: 429,
  internal: 500,
  timed_out: 504,
  unavailable: 503,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>;

/** The message of each code where the refusal carries no details of its own. */
export const messageOf = {
  invalid_request: "请求的内容不符合要求，没有保存任何内容。",
  unauthenticated: "尚未登录或登录已过期，请重新登录。",
  wrong_role: "您的岗位不能进行这项操作。",
  four_eyes: "您已在本版本的其他环节办理过，同一人不能办理同一版本的两个环节，请由其他人员办理。",
  wrong_level: "只有提出意见的一级或上级可以解决、重新提出这条意见。",
  own_membership: "不能更改自己的姓名和岗位，请由其他财政管理员办理。",
  second_administrator_needed: "这项授权须由另一名财政管理员确认，请先任命第二名财政管理员。",
  not_found: "没有找到所请求的内容，或者您无权查看。",
  method_not_allowed: "此地址不支持这种请求方式。",
  wrong_status: "报告当前的状态不能进行这项操作，请刷新后查看。",
  already_signed: "本版本已经签署过，无需重复签署。",
  section_conflict: "这一部分刚刚被他人保存过，请比较两份内容后再保存。",
  already_exists: "已经存在，不能重复建立。",
  stale_version: "内容在您查看之后已有变化，请刷新后再操作。",
  stale_edition: "报告已有新的版本，请查看新版本后再办理。",
  too_large: "请求的内容过大：数据不超过 6 MB，附件请通过上传凭证上传。",
  blocking_findings: "还有未改正的错误或未说明的警告，不能提交。",
  weak_reason: "这句话没有说明原因，请写明具体事项和变化。",
  blocking_threads: "还有未解决的审核意见，不能通过。",
  units_outstanding: "还有所属单位的决算未批复，不能提交。",
  sign_offs_missing: "送财政部门审核前须完成保密审查和负责人审签。",
  document_number_missing: "批复决算须填写批复文号。",
  approval_day: "批复日期须在报告提交之日至今天之间，请改正。",
  import_refused: "文件没有导入，请按列出的问题改正后重新导入。",
  content_damaged: "保存的内容与登记的校验值不符，不能继续办理，请联系系统管理员。",
  upload_mismatch: "传到的文件与所选的文件不一致，没有保存，请重新上传。",
  content_refused: "文件的内容不符合要求，没有保存，请按说明处理后重新上传。",
  upload_missing: "附件尚未上传完整，请重新上传。",
  too_many_requests: "请求过于频繁，请稍后再试。",
  internal: "服务出现故障，已记录，请稍后再试。",
  unavailable: "服务暂时繁忙，没有确认保存，请稍后刷新查看，再决定是否重试。",
  timed_out: "服务没有在规定时间内完成，请查看结果后再决定是否重试。",
} as const satisfies Record<ErrorCode, string>;

/** A refusal on its way to the client; `details` is what the client can act on. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string = messageOf[code], details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The same answer for what is not there and for what this person may not know of. */
export const notFound = (): ApiError => new ApiError("not_found");

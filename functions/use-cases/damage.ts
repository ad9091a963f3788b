import type { ZodType } from "zod";
import { blobKey, type BlobReader } from "../storage/blobs.ts";
import { DamagedError } from "../storage/damaged-error.ts";
import type { SectionId } from "../../shared/report/section-ids.ts";
import { assertNever, type Result } from "../../shared/result.ts";

/** A stored part of a submission whose bytes do not have its hash. */
export type Damage = {
  readonly sha256: string;
  /** What people know the part under: “公开01表《…》”, “决算情况说明”, the name of the attached file. */
  readonly name: string;
  /**
   * `missing`: nothing is stored · `changed`: other bytes are stored · `unreadable`: the bytes are
   * those named, and hold nothing of the kind.
   */
  readonly fault: "missing" | "changed" | "unreadable";
  /** The report that holds the part, where it is not the one in hand. */
  readonly source?: DamageSource;
} & (
  | { readonly kind: "manifest" | "edition" }
  | { readonly kind: "section"; readonly section: SectionId }
  | { readonly kind: "attachment" }
);

/** Another report that a report is read with: a unit's approved one, or its own of the year before. */
export type DamageSource =
  | { readonly kind: "unit"; readonly orgCode: string; readonly orgName?: string }
  | { readonly kind: "prior_year"; readonly year: number };

/** The same damage as another report sees it, which is read with this one. */
export const damageIn = (source: DamageSource, damage: readonly Damage[]): readonly Damage[] =>
  damage.map((one) => ({ ...one, source }));

/** Damage stops what would hand the submission on. */
export interface DamageRefusal {
  readonly code: "content_damaged";
  readonly damage: readonly Damage[];
}

/** What was read of a submission, or everything that is damaged of it. */
export type Sound<Value> = Result<Value, readonly Damage[]>;

/** Stops a publication, and any reading that has no answer without the damaged part. */
export class SubmissionDamagedError extends DamagedError {
  override readonly name = "EditionDamagedError";
  readonly damage: readonly Damage[];

  constructor(damage: readonly Damage[]) {
    super(damageSentence(damage));
    this.damage = damage;
  }
}

/** For those who can give no answer without it. */
export function soundOrThrow<Value>(read: Sound<Value>): Value {
  if (read.ok) return read.value;
  throw new SubmissionDamagedError(read.error);
}

/** The bytes stored under a key if they have this hash; otherwise what is wrong with them. */
export async function readSound(
  { files, sha256 }: BlobReader,
  key: string,
  named: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: "missing" | "changed" }> {
  const bytes = await files.get(key);
  if (bytes === undefined) return { fault: "missing" };
  return sha256(bytes) === named ? { bytes } : { fault: "changed" };
}

/** The value a blob holds as JSON, or what is wrong with it. */
export async function readJsonBlob<Value>(
  deps: BlobReader,
  sha256: string,
  schema: ZodType<Value>,
): Promise<{ readonly value: Value } | { readonly fault: Damage["fault"] }> {
  const read = await readSound(deps, blobKey(sha256), sha256);
  if ("fault" in read) return read;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { value: parsed.data } : { fault: "unreadable" };
  } catch (error) {
    // Not UTF-8, or not JSON.
    if (error instanceof TypeError || error instanceof SyntaxError) return { fault: "unreadable" };
    throw error;
  }
}

const damagesNamed = 5;

/** What is damaged, by name, why that stops the work, and how to go on. */
export function damageSentence(damage: readonly Damage[]): string {
  const named = damage.slice(0, damagesNamed).map(damageText).join("；");
  const rest = damage.length > damagesNamed ? `等共 ${String(damage.length)} 处` : "";
  const attached = damage.some(({ kind }) => kind === "attachment");
  const own = damage.some(({ kind, source }) => kind === "section" && source === undefined);
  return (
    `${named}${rest}，与登记的校验值不符，不能继续办理，以免公开的不是审核过的内容。` +
    (attached
      ? "附件请退回编制人重新上传，其余内容请联系系统管理员从备份恢复。"
      : "请联系系统管理员从备份恢复。") +
    (own ? "正在编制的报告，也可以打开这些部分重新填写并保存。" : "")
  );
}

/** What happened to a part of a draft, which whoever fills it in can save anew. */
export const writeAnewText = (damage: readonly Damage[]): string =>
  `${damage.map(damageText).join("；")}，无法显示。请重新填写并保存这一部分；如有备份，也可先请系统管理员恢复后再继续。`;

export const damageText = (damage: Damage): string => {
  const name = damage.kind === "attachment" ? `附件“${damage.name}”` : damagedName(damage);
  return `${name}${faultText[damage.fault]}`;
};

/** The name of the damaged part, with the report that holds it. */
export const damagedName = ({ name, source }: Damage): string =>
  source === undefined ? name : `${sourceText(source)}${name}`;

function sourceText(source: DamageSource): string {
  switch (source.kind) {
    case "unit": {
      const { orgCode, orgName } = source;
      return `所属单位 ${orgCode}${orgName === undefined ? "" : ` ${orgName}`}已批复决算的`;
    }
    case "prior_year":
      return `${String(source.year)}年度已批复决算的`;
    default:
      return assertNever(source);
  }
}

const faultText = {
  missing: "已丢失",
  changed: "的内容已被改动或损坏",
  unreadable: "的内容读不出来",
} as const satisfies Record<Damage["fault"], string>;

import { err, ok } from "../result.ts";
import {
  hasMoved,
  invalid,
  isNoAdministrator,
  stale,
  stampOf,
  type Decided,
  type RegistryCase,
} from "./decide-registry.ts";
import type { OwnEdition } from "./registry.ts";

/** Own editions of a region, those given up included: each is small, and a list of them is read whole. */
export const maxOwnEditions = 200;
/** Versions of one edition: a fault is found in mid-season a few times, not every day. */
const maxVersions = 50;

/** What an administrator sets of an own edition; `version` is the one they saw (0: a new edition). */
export type WantedEdition = Omit<OwnEdition, "versions" | "discarded">;

/** Makes an edition, or replaces its draft; whether the draft is an edition is for who puts it into use. */
export function decideEdition(
  circumstances: RegistryCase,
  wanted: WantedEdition,
  facts: {
    readonly before: OwnEdition | undefined;
    /** An edition that is shipped has this key. */
    readonly isShipped: boolean;
    /** Own editions there are, needed for a new one. */
    readonly count: number;
    /** The base can be read, and was not given up. */
    readonly hasBase: boolean;
  },
): Decided {
  const { before } = facts;
  if (isNoAdministrator(circumstances)) return stale;
  if (facts.isShipped) return invalid(`编号“${wanted.key}”是系统自带的版式，请换一个编号。`);
  if (!facts.hasBase) {
    return invalid(
      "所依据的基础版式不存在、已被放弃，或已换用新的一版。请刷新后另选一个基础版式。",
    );
  }
  if (before === undefined && facts.count >= maxOwnEditions) {
    return invalid(`本地版式最多 ${String(maxOwnEditions)} 个，请先整理已有的版式。`);
  }
  if (hasMoved(before, wanted)) return stale;
  const refused = before && changeRefused(before, wanted);
  if (refused !== undefined) return invalid(refused);
  const after: OwnEdition = {
    ...wanted,
    versions: before?.versions ?? [],
    version: wanted.version + 1,
  };
  if (before !== undefined && isSameDraft(before, after)) return ok([]);
  return ok([
    { ...stampOf(circumstances), type: "edition_changed", ...(before && { before }), after },
  ]);
}

function changeRefused(before: OwnEdition, wanted: WantedEdition): string | undefined {
  if (before.discarded === true) return discardedText(before);
  if (before.versions.length > 0 && before.year !== wanted.year) {
    return `“${before.name}”已用于 ${String(before.year)} 年度，不能改为其他年度；请另派生一个版式。`;
  }
  return undefined;
}

export const discardedText = ({ name }: OwnEdition) =>
  `版式“${name}”已被放弃，不能再修改或启用；需要时请重新派生。`;

const isSameDraft = (one: OwnEdition, other: OwnEdition): boolean =>
  one.name === other.name &&
  one.year === other.year &&
  one.base === other.base &&
  one.draft === other.draft;

/** What is done with an own edition as it is stored. `version` is the one the administrator saw. */
export type EditionAct =
  /** 启用: what was made of the draft, under its id, becomes the version that years are opened with. */
  | { readonly type: "use"; readonly id: string; readonly note: string }
  /** 放弃 one that was never put into use. */
  | { readonly type: "discard" };

export function decideEditionAct(
  circumstances: RegistryCase,
  act: EditionAct & { readonly version: number },
  before: OwnEdition | undefined,
): Decided {
  if (isNoAdministrator(circumstances)) return stale;
  if (before === undefined) return err({ code: "not_found" });
  if (hasMoved(before, act)) return stale;
  if (before.discarded === true) return invalid(discardedText(before));
  const stamp = stampOf(circumstances);
  const version = before.version + 1;
  if (act.type === "discard") {
    return before.versions.length === 0
      ? ok([
          {
            ...stamp,
            type: "edition_changed",
            before,
            after: { ...before, discarded: true, version },
          },
        ])
      : invalid(`“${before.name}”已启用，报告要凭它读出，不能放弃。`);
  }
  if (before.versions.at(-1)?.id === act.id) {
    return invalid("草稿与正在使用的版本没有差别，不必再次启用。");
  }
  if (before.versions.length >= maxVersions) {
    return invalid(`一个版式最多启用 ${String(maxVersions)} 版，请另派生一个版式。`);
  }
  const { at, by, byName } = stamp;
  const used = { id: act.id, at, by, byName, note: act.note };
  const after = { ...before, versions: [...before.versions, used], version };
  return ok([{ ...stamp, type: "edition_changed", before, after }]);
}

/** The version that a year may be opened with now. */
export const versionInUse = ({ versions, discarded }: OwnEdition): string | undefined =>
  discarded === true ? undefined : versions.at(-1)?.id;

import { reportIdOf } from "../../../functions/use-cases/open-report.ts";
import type { Stage } from "../../../shared/workflow/report-state.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Who of the seeded city works on one report. */
export interface Cast {
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
  readonly preparer: string;
  readonly reviewers: { readonly [Level in Stage]?: string };
  readonly signers: { readonly secrecy: string; readonly principal: string };
}

const jingdezhen = (orgCode: string, preparer: string, unitReviewer?: string): Cast => ({
  ...{ region: "360200", year: 2022, orgCode, preparer },
  reviewers: {
    ...omitUndefined({ unit: unitReviewer }),
    ...{ department: "suntao", bureau: "fengyuan" },
  },
  signers: { secrecy: "qianli", principal: "zhenghua" },
});

export const casts: readonly Cast[] = [
  jingdezhen("137001", "limin", "wangqiang"),
  jingdezhen("137002", "zhouting", "wugang"),
  jingdezhen("137003", "chenyu", "hejing"),
  jingdezhen("137", "zhaolin"),
  {
    ...{ region: "310107", year: 2024, orgCode: "105", preparer: "gumin" },
    reviewers: { department: "luming", bureau: "panyun" },
    signers: { secrecy: "tangjie", principal: "xieyi" },
  },
];

export const reportOf = ({ region, year, orgCode }: Cast): string =>
  reportIdOf(region, year, orgCode);

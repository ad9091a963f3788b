import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { listMarker } from "../../narrative/read/flow.ts";
import type { Report } from "../../report/report.ts";
import { judged } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

/** 实有人数 and the kinds of people it is made of. */
const wrongPeople = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /实有(?:人数|人员)?(?:总数|合计)?(?:共|为|共有|共计)*(\d+)人，其中：?([^。；]*)/u.exec(
        block.text,
      );
    if (match === null) return [];
    const total = Number(match[1]);
    const kinds = [
      ...(match[2] ?? "").matchAll(
        /(在职|离退休|离休|退休|其他)(?:人员|职工|人数)?(?:为|共)?(\d+)人/gu,
      ),
    ];
    const names = kinds.map(([, name = ""]) => name);
    const sum = kinds.reduce((all, [, , count]) => all + Number(count), 0);
    const isAll = ["在职", "退休"].every((name) => names.some((one) => one.endsWith(name)));
    if (sum === total || kinds.length < 2 || (sum < total && !isAll)) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${total}人`,
        expected: `${sum}人`,
        what: `年末实有人数${total}人，${names.join("、")}人数之和为${sum}人`,
        mend: "核对各类人数，改正有误的一处",
      },
    ];
  });

/** 本级 and N 个所属单位 make one more than N. */
const wrongUnits = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /单位(?:共|为|有|计)+(\d+)个，(?:具体)?(?:包括|为)：?[^。；]{2,60}?（?本级）?[和、及](?:其)?(?:所属)?(\d+)个/u.exec(
        block.text,
      );
    if (match === null || Number(match[1]) === Number(match[2]) + 1) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${String(match[1])}个`,
        expected: `${Number(match[2]) + 1}个`,
        what: `单位共${String(match[1])}个，本级加${String(match[2])}个所属单位为${Number(match[2]) + 1}个`,
        mend: "核对单位数",
      },
    ];
  });

const unitName =
  /(?:[局委办院校所站队处会厅馆室社团镇乡园心库署组]|本级|街道|公司|机关|大学|中学|小学|幼儿园|分局|（本级）|（本部）)$/u;

/** 单位共3个，包括：… and the units named behind it, in the sentence or as a list. */
const unlistedUnits = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }, index): TextFault[] => {
    const match =
      /单位(?:（[^）]{0,60}）)?(?:共|为|有|计)+(\d+)(?:个|家)，?(?:具体|名单|分别)*(?:包括|是|为|如下)：?([^。；]*)/u.exec(
        block.text,
      );
    if (match === null) return [];
    const inline = (match[2] ?? "").split(/[、，]|和(?=[^和]{4,}$)/u).filter((name) => name !== "");
    const isNamed =
      inline.length > 1 && inline.every((name) => unitName.test(name) && !/\d/u.test(name));
    const names = isNamed ? inline : inline.length === 0 ? namedBelow(text.blocks, index) : [];
    const said = Number(match[1]);
    const isOwnOfficeExtra =
      /所属|二级/u.test(block.text.slice(Math.max(0, match.index - 12), match.index + 4)) &&
      names.some((name) => /本级|本部|机关/u.test(name)) &&
      names.length === said + 1;
    if (names.length < 2 || names.length === said || isOwnOfficeExtra) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${said}个`,
        expected: `${names.length}个`,
        what: `写单位${said}个，列出的是${names.length}个`,
        mend: "补列缺少的单位，或改正单位数",
      },
    ];
  });

/** Items of the list that follows a block, to its end; without full stops they run together. */
function namedBelow(blocks: TextContext["text"]["blocks"], index: number): string[] {
  const names: string[] = [];
  for (const { block } of blocks.slice(index + 1)) {
    if (!listMarker.test(block.text)) break;
    const items = block.text
      .split(/(?<!\d)\d{1,2}[、．.](?!\d)|（\d{1,2}）|[。；，]$/u)
      .filter((name) => name !== "");
    if (items.some((name) => !unitName.test(name) || name.length > 40)) break;
    names.push(...items);
  }
  return names;
}

function ownOffice(report: Report) {
  const { units } = report.sections.facts;
  if (units.length === 0) return judged([]);
  const own = units.flatMap(({ kind }, index) => (kind === "own_office" ? [index] : []));
  const isRight = own.length === 1 && own[0] === 0;
  return judged([
    isRight
      ? undefined
      : {
          section: "facts",
          path: own.length > 1 ? `facts.units.${String(own[1])}` : "facts.units",
          actual: `本级${String(own.length)}个`,
          expected: "本级1个，列在最前",
          what:
            own.length === 1
              ? "单位名单里的本级没有列在最前"
              : `单位名单里有${String(own.length)}个本级，应当有且只有1个`,
          mend: "在基本情况的单位名单里标明哪一个是本级，列在第一行",
        },
  ]);
}

export const peopleAndUnitsRules: readonly Rule[] = [
  {
    id: "R214",
    statement: "实有人数＝在职＋离休＋退休，单位数＝本级＋所属单位数＝所列单位数",
    severity: "error",
    tolerance: "exact",
    text: {
      amounts: "none",
      run: (context) => [
        ...wrongPeople(context),
        ...wrongUnits(context),
        ...unlistedUnits(context),
      ],
    },
    sections: { scope: "sections", run: ownOffice },
  },
];

import type { Edition } from "../forms/form.ts";
import { cellName, tableName } from "../forms/place-name.ts";
import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import type {
  Adjustments,
  Attachments,
  Explanations,
  Facts,
  Narrative,
  Performance,
} from "./sections.ts";
import type { SectionId } from "./section-ids.ts";

/**
 * How a member of a section is named to people: 年末人员 在职人员, never `people.active`. Each section's names are
 * a tree of its own shape, so that a member without a name does not compile.
 */

type Named<Value> = { readonly name: string } & Inside<NonNullable<Value>>;
type Inside<Value> = Value extends readonly (infer Item)[]
  ? Inside<Item>
  : Value extends object
    ? string extends keyof Value
      ? {
          /** Names an entry by its key. */
          readonly entry: (key: string, edition: Edition) => string;
        }
      : { readonly members: { readonly [Key in keyof Value]-?: Named<Value[Key]> } }
    : unknown;

const nameOfCode = (code: string, { functionCodes }: Edition) =>
  [code, functionCodes.get(code) ?? ""].join(" ").trim();
const nameOfCell = (cell: string, edition: Edition) =>
  parseCellAddress(cell) === undefined ? cell : cellName(cell as CellAddress, edition);
const itself = (key: string) => key;

const facts: Named<Facts> = {
  name: "基本情况与补充数据",
  members: {
    enteredIn: { name: "金额录入单位" },
    duties: { name: "主要职责" },
    units: {
      name: "纳入决算编制范围的单位",
      members: {
        name: { name: "单位名称" },
        kind: { name: "单位类别" },
        administrative: { name: "是否行政单位或参照公务员法管理" },
      },
    },
    people: {
      name: "年末人员",
      members: {
        active: { name: "在职人员" },
        retiredCadres: { name: "离休人员" },
        retired: { name: "退休人员" },
        others: { name: "年末其他人员" },
        students: { name: "年末学生人数" },
        pensioned: { name: "由养老保险基金发放养老金的离退休人员" },
      },
    },
    prior: { name: "上年数", entry: nameOfCell },
    initialBudget: {
      name: "财政拨款支出年初预算",
      members: {
        total: { name: "年初预算总额" },
        byCode: { name: "按科目", entry: nameOfCode },
      },
    },
    operatingCost: {
      name: "机关运行经费",
      members: { current: { name: "本年决算数" }, prior: { name: "上年决算数" } },
    },
    procurement: {
      name: "政府采购",
      members: {
        goods: { name: "货物支出" },
        works: { name: "工程支出" },
        services: { name: "服务支出" },
        sme: { name: "授予中小企业合同金额" },
        micro: { name: "其中：授予小微企业" },
        smeGoods: { name: "货物采购授予中小企业" },
        smeWorks: { name: "工程采购授予中小企业" },
        smeServices: { name: "服务采购授予中小企业" },
        reserved: {
          name: "预留份额",
          members: {
            sme: { name: "面向中小企业预留" },
            micro: { name: "其中：面向小微企业预留" },
            smeAwarded: { name: "预留项目授予中小企业" },
            microAwarded: { name: "预留项目授予小微企业" },
            openToSmeAwarded: { name: "非预留项目授予中小企业" },
          },
        },
      },
    },
    otherVehicleUse: { name: "其他用车的用途" },
    supervisionNumber: { name: "监督索引号" },
  },
};

const funds = {
  members: {
    initial: { name: "年初预算数" },
    full: { name: "全年预算数" },
    executed: { name: "全年执行数" },
  },
} as const;

const performance: Named<Performance> = {
  name: "预算绩效",
  members: {
    projects: {
      name: "自评项目",
      members: {
        name: { name: "项目名称" },
        score: { name: "得分" },
        amount: { name: "金额" },
      },
    },
    amounts: {
      name: "自评资金",
      members: {
        total: { name: "涉及资金" },
        general: { name: "一般公共预算" },
        fund: { name: "政府性基金预算" },
        capital: { name: "国有资本经营预算" },
      },
    },
    overall: {
      name: "部门整体支出绩效评价",
      members: {
        score: { name: "得分" },
        general: { name: "一般公共预算" },
        fund: { name: "政府性基金预算" },
      },
    },
    management: {
      name: "预算绩效管理",
      members: {
        rules: { name: "管理制度" },
        goals: {
          name: "编报绩效目标",
          members: { projects: { name: "项目数" }, amount: { name: "金额" } },
        },
        tracking: {
          name: "绩效跟踪",
          members: { projects: { name: "项目数" }, amount: { name: "金额" } },
        },
        problems: {
          name: "发现的问题",
          members: {
            found: { name: "发现" },
            mended: { name: "已整改" },
            mending: { name: "正在整改" },
          },
        },
      },
    },
    summary: {
      name: "自评结果",
      members: { heading: { name: "标题" }, paragraphs: { name: "段落" } },
    },
    selfEvaluations: {
      name: "项目支出绩效自评表",
      members: {
        project: { name: "项目名称" },
        year: { name: "年度" },
        department: { name: "主管部门" },
        unit: { name: "实施单位" },
        funds: {
          name: "项目资金",
          members: {
            total: { name: "年度资金总额", ...funds },
            fiscal: { name: "当年财政拨款", ...funds },
            carriedOver: { name: "上年结转资金", ...funds },
            other: { name: "其他资金", ...funds },
          },
        },
        fundsWeight: { name: "预算执行率分值" },
        fundsScore: { name: "预算执行率得分" },
        goals: {
          name: "年度总体目标",
          members: { expected: { name: "预期目标" }, achieved: { name: "实际完成情况" } },
        },
        indicators: {
          name: "绩效指标",
          members: {
            level1: { name: "一级指标" },
            level2: { name: "二级指标" },
            level3: { name: "三级指标" },
            target: { name: "年度指标值" },
            actual: { name: "实际完成值" },
            weight: { name: "分值" },
            score: { name: "得分" },
            deviation: { name: "偏差原因及改进措施" },
          },
        },
        totalScore: { name: "总分" },
      },
    },
    evaluation: {
      name: "部门评价",
      members: {
        project: { name: "项目名称" },
        score: { name: "得分" },
        grade: { name: "等级" },
        chapters: {
          name: "章节",
          members: {
            heading: { name: "标题" },
            level: { name: "层级" },
            paragraphs: { name: "段落" },
          },
        },
        dimensions: {
          name: "评价维度",
          members: { name: { name: "名称" }, weight: { name: "分值" }, score: { name: "得分" } },
        },
      },
    },
  },
};

const adjustments: Named<Adjustments> = {
  name: "调整表",
  members: {
    basis: { name: "汇总所用的单位版本", entry: itself },
    entries: {
      name: "调整分录",
      members: {
        id: { name: "编号" },
        cells: { name: "调整的单元格", members: { cell: { name: "位置" }, fen: { name: "金额" } } },
        reason: { name: "理由" },
        pair: { name: "抵销的往来" },
      },
    },
  },
};

/** Its entries are known to people by their sentences, which the screens show themselves. */
const narrative: { readonly name: string; readonly members: Record<keyof Narrative, Node> } = {
  name: "决算情况说明",
  members: {
    reasons: { name: "主要原因" },
    purposes: { name: "主要用途" },
    additions: { name: "补充段落" },
    rewritten: { name: "改写的语句" },
  },
};

const attachments: Named<Attachments> = {
  name: "附件",
  members: {
    files: {
      name: "文件",
      members: {
        sha256: { name: "校验值" },
        name: { name: "文件名" },
        contentType: { name: "类型" },
        sizeBytes: { name: "大小" },
        disclosed: { name: "是否公开" },
      },
    },
  },
};

const explanations: Pick<Named<Explanations>, "name"> = { name: "审核说明" };

interface Node {
  readonly name: string;
  readonly members?: Readonly<Record<string, Node>>;
  readonly entry?: (key: string, edition: Edition) => string;
}

const roots: { readonly [section: string]: Node } = {
  facts,
  performance,
  adjustments,
  narrative,
  attachments,
  explanations,
};

/** 基本情况与补充数据, 公开01表: a section as every screen, refusal and verification calls it. */
export function sectionName(section: SectionId, edition: Edition | undefined): string {
  const root = roots[section];
  if (root !== undefined) return root.name;
  const form = edition?.forms.find(({ id }) => id === section);
  return edition === undefined || form === undefined
    ? `报表 ${section}`
    : tableName(form.id, edition);
}

/**
 * 年末人员 在职人员, 调整分录 第 2 项 理由: a member of a section by its path, without the section's own name
 * unless the path is empty. `firstIs`: whether list entries in the path count from 0, as in code, or from 1.
 */
export function memberName(
  section: SectionId,
  path: readonly string[],
  { edition, firstIs }: { readonly edition: Edition; readonly firstIs: 0 | 1 },
): string {
  if (path.length === 0) return sectionName(section, edition);
  const words: string[] = [];
  let node: Node | undefined = roots[section];
  for (const step of path) {
    const isIndex = /^\d+$/u.test(step);
    if (node?.entry !== undefined) {
      words.push(node.entry(step, edition));
      node = undefined;
    } else if (node?.members?.[step] !== undefined) {
      node = node.members[step];
      words.push(node.name);
    } else if (isIndex) {
      words.push(`第 ${String(Number(step) + 1 - firstIs)} 项`);
    }
  }
  return words.filter((word) => word !== "").join(" ");
}

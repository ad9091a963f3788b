import type { RegionSettings } from "../../../functions/platform/regions.ts";
import type { FiscalYear, Membership, OrgNode } from "../../../shared/registry/registry.ts";

/**
 * The demonstration city. Offices are real names of the example reports; the people are invented.
 * Codes follow the usual shape: three digits a department, six a unit below it.
 */
export interface SeedRegion {
  readonly settings: RegionSettings;
  readonly orgs: readonly Omit<OrgNode, "region" | "version">[];
  /** Deadlines in days from the day of seeding, so that the city is always in the middle of its year. */
  readonly year: Pick<FiscalYear, "year" | "edition"> & {
    readonly dueInDays: {
      readonly unit: number;
      readonly department: number;
      readonly bureau: number;
    };
  };
  readonly people: readonly SeedPerson[];
}

export interface SeedPerson {
  /** Both the user name and the `sub` of the local issuer. */
  readonly id: string;
  readonly name: string;
  readonly memberships: readonly [Membership, ...Membership[]];
}

const one = (id: string, name: string, role: Membership["role"], orgCode: string): SeedPerson => ({
  id,
  name,
  memberships: [{ role, orgCode }],
});

const jingdezhen: SeedRegion = {
  settings: {
    code: "360200",
    name: "景德镇市",
    pathPrefix: "",
    siteName: "景德镇市部门决算公开（演示）",
  },
  orgs: [
    { code: "000", name: "景德镇市财政局", kind: "bureau" },
    {
      code: "137",
      name: "景德镇市人民政府行政服务中心管理委员会",
      kind: "department",
      parent: "000",
    },
    {
      code: "137001",
      name: "景德镇市人民政府行政服务中心管理委员会（本级）",
      kind: "unit",
      parent: "137",
    },
    { code: "137002", name: "景德镇市公共资源交易中心", kind: "unit", parent: "137" },
    { code: "137003", name: "景德镇市政务服务代办中心", kind: "unit", parent: "137" },
  ],
  year: {
    year: 2022,
    edition: "jiangxi-2022",
    dueInDays: { unit: 6, department: 14, bureau: 25 },
  },
  people: [
    one("limin", "李敏", "preparer", "137001"),
    one("wangqiang", "王强", "unit_reviewer", "137001"),
    one("zhouting", "周婷", "preparer", "137002"),
    one("wugang", "吴刚", "unit_reviewer", "137002"),
    one("chenyu", "陈雨", "preparer", "137003"),
    one("hejing", "何静", "unit_reviewer", "137003"),
    one("zhaolin", "赵琳", "preparer", "137"),
    one("suntao", "孙涛", "department_reviewer", "137"),
    one("qianli", "钱立", "secrecy_officer", "137"),
    one("zhenghua", "郑华", "principal", "137"),
    one("fengyuan", "冯远", "bureau_reviewer", "000"),
    one("xuning", "许宁", "bureau_admin", "000"),
    one("shenbo", "沈博", "auditor", "000"),
  ],
};

const putuo: SeedRegion = {
  settings: {
    code: "310107",
    name: "上海市普陀区",
    pathPrefix: "/310107",
    siteName: "上海市普陀区部门决算公开（演示）",
  },
  orgs: [
    { code: "000", name: "上海市普陀区财政局（预算处）", kind: "bureau" },
    { code: "105", name: "上海市普陀区财政局", kind: "department", parent: "000" },
  ],
  year: {
    year: 2024,
    edition: "shanghai-2024",
    dueInDays: { unit: 6, department: 14, bureau: 25 },
  },
  people: [
    one("gumin", "顾敏", "preparer", "105"),
    one("luming", "陆明", "department_reviewer", "105"),
    one("tangjie", "唐洁", "secrecy_officer", "105"),
    one("xieyi", "谢毅", "principal", "105"),
    one("panyun", "潘云", "bureau_reviewer", "000"),
    one("jiangbei", "蒋贝", "bureau_admin", "000"),
  ],
};

export const city: readonly SeedRegion[] = [jingdezhen, putuo];

/** The one password of all demonstration people; a real installation has its own issuer. */
export const demoPassword = "juesuan";

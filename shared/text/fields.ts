import type { Lines } from "./characters.ts";

/**
 * What the texts of requests are called, by the member that holds them, and whether they may be broken into lines.
 * A refusal names its field by these words; a member that is not listed is a text of one line.
 */
interface TextField {
  readonly name: string;
  readonly lines: Lines;
}

const line = (name: string): TextField => ({ name, lines: "one" });
const prose = (name: string): TextField => ({ name, lines: "several" });

const textFields: ReadonlyMap<string, TextField> = new Map(
  Object.entries({
    // addresses and queries
    region: line("地区"),
    orgCode: line("单位编码"),
    year: line("年度"),
    subject: line("人员标识"),
    id: line("编号"),
    section: line("报告部分"),
    hash: line("版本"),
    sha256: line("文件校验值"),
    upload: line("上传编号"),
    thread: line("审核意见编号"),
    explanation: line("说明编号"),
    after: line("翻页位置"),
    limit: line("每页条数"),
    from: line("比较的版本"),
    to: line("比较的版本"),
    // registry
    name: line("名称"),
    email: line("邮箱"),
    kind: line("类别"),
    parent: line("上级单位"),
    roles: line("岗位"),
    fileName: line("文件名称"),
    import: line("导入"),
    part: line("批次"),
    orgs: line("机构"),
    org: line("机构"),
    code: line("机构代码"),
    into: line("合并后的机构"),
    memberships: line("岗位"),
    role: line("岗位"),
    edition: line("版式"),
    status: line("状态"),
    unitDue: line("单位报送期限"),
    departmentDue: line("部门报送期限"),
    bureauDue: line("财政批复期限"),
    publishDue: line("公开期限"),
    // acts
    editionHash: line("版本"),
    documentNumber: line("批复文号"),
    reason: prose("原因"),
    legalBasis: prose("法律依据"),
    finding: prose("审核结果"),
    anchor: line("位置"),
    cell: line("单元格"),
    row: line("行"),
    sentence: line("句子"),
    text: prose("文字"),
    act: line("操作"),
    confirmed: line("抵销项"),
    adjustments: line("调整分录"),
    contentType: line("文件类型"),
    base: line("所依据的版本"),
    format: line("文件格式"),
    unit: line("单位"),
    // sections
    rows: line("行"),
    key: line("行键"),
    figure: line("数字"),
    purpose: line("主要用途"),
    direction: line("方向"),
    basis: line("汇总所用的版本"),
    rule: line("规则"),
    cells: line("单元格"),
    place: line("位置"),
    slot: line("主要原因"),
    by: line("填写人"),
    byName: line("填写人"),
    at: line("时间"),
    enteredIn: line("金额单位"),
    duties: prose("主要职责"),
    units: line("所属单位"),
    otherVehicleUse: prose("其他用车用途"),
    supervisionNumber: line("监督索引号"),
    reasons: prose("主要原因"),
    purposes: prose("主要用途"),
    additions: prose("补充说明"),
    rewritten: line("改写的句子"),
    parts: line("文字"),
    projects: line("自评项目"),
    management: line("预算绩效管理"),
    rules: line("管理制度"),
    summary: line("绩效自评结果"),
    heading: line("标题"),
    paragraphs: prose("段落"),
    selfEvaluations: line("自评表"),
    project: line("项目名称"),
    department: line("主管部门"),
    goals: line("绩效目标"),
    expected: prose("预期目标"),
    achieved: prose("实际完成情况"),
    indicators: line("指标"),
    level1: line("一级指标"),
    level2: line("二级指标"),
    level3: line("三级指标"),
    target: line("年度指标值"),
    actual: line("实际完成值"),
    deviation: prose("偏差原因"),
    evaluation: line("部门评价报告"),
    grade: line("等级"),
    chapters: line("章节"),
    dimensions: line("评价维度"),
    files: line("附件"),
    entries: line("分录"),
    pair: line("抵销项"),
  }),
);

/** Members whose text is a file: the content is checked where it is read, so that a fault is named at its cell. */
const fileContents: ReadonlySet<string> = new Set(["content"]);

type Path = readonly (string | number)[];

export const isFileContent = (path: Path): boolean => fileContents.has(String(path.at(-1)));

/** The field at a path in words, 自评表第1项的指标第3项的三级指标, and what it may hold. */
export function textFieldAt(path: Path): TextField {
  let lines: Lines = "one";
  const words: string[] = [];
  for (const part of path) {
    const field = typeof part === "string" ? textFields.get(part) : undefined;
    if (field !== undefined) {
      lines = field.lines;
      words.push(field.name);
    } else if (typeof part === "number" && words.length > 0) {
      words.push(`${words.pop() ?? ""}第${String(part + 1)}项`);
    }
  }
  return { name: words.join("的"), lines };
}

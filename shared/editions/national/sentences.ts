import type { Sentences } from "../../forms/sentences-schema.ts";

/** 第一部分 概况 and 第三部分 决算情况说明; docs/templates.md explains the grammar. */
export const nationalSentences: Sentences = {
  quantities: {
    主要职责: { of: "facts.duties", label: "{部门}主要职责" },
    一项职责: { of: "facts.duties.*", label: "主要职责" },
    决算编制范围的单位数: { of: { count: "facts.units" }, unit: "个" },
    纳入决算编制范围的单位: "facts.units",
    编制单位自身: { of: "facts.units", label: "{机构名称}" },
    单位名称: "facts.units.*.name",
    各类人员: { of: "facts.people.*", unit: "人" },

    收入支出总计: "t01/income_sum/final",
    财政拨款收入支出总计: "t04/income_sum/final",
    本年收入合计: "t02/total/total",
    本年收入: "t02/total/total",
    财政拨款收入: "t02/total/fiscal",
    上级补助收入: "t02/total/superior",
    事业收入: "t02/total/business",
    经营收入: "t02/total/operating",
    附属单位上缴收入: "t02/total/affiliate",
    其他收入: "t02/total/other",
    本年支出合计: "t03/total/total",
    本年支出: "t03/total/total",
    基本支出: "t03/total/basic",
    项目支出: "t03/total/project",
    上缴上级支出: "t03/total/to_superior",
    经营支出: "t03/total/operating",
    对附属单位补助支出: "t03/total/to_affiliate",

    一般公共预算财政拨款支出: "t05/total/total",
    一般公共预算财政拨款支出决算: {
      ...{ of: "t05/total/total", label: "一般公共预算财政拨款支出决算" },
    },
    一般公共预算财政拨款支出年初预算: { of: { initialBudget: "general" } },
    类支出: "t05/*/total",
    一般公共预算项支出: { of: "t05/*/total", label: "{名称}" },
    一般公共预算项支出决算: { of: "t05/*/total", label: "{名称}支出决算" },
    项年初预算: { of: { initialBudget: "code" }, label: "{名称}年初预算" },
    一般公共预算财政拨款基本支出: "t05/total/basic",
    人员经费: "t06/personnel_total/final",
    公用经费: "t06/public_total/final",
    经济科目支出: { of: "t06/*/final", label: "{名称}" },

    "“三公”经费支出": "t09/total/final",
    "“三公”经费支出决算": "t09/total/final",
    "“三公”经费财政拨款": "t09/total/final",
    "“三公”经费年初预算": "t09/total/initial",
    分项: { of: "t09/*/final", label: "{名称}" },
    分项支出: { of: "t09/*/final", label: "{名称}支出" },
    分项支出决算: { of: "t09/*/final", label: "{名称}支出决算" },
    分项预算: "t09/*/initial",
    "因公出国（境）费支出": "t09/abroad/final",
    "因公出国（境）团组数": { of: "t09/abroad_groups/final", unit: "个" },
    "因公出国（境）人次数": { of: "t09/abroad_persons/final", unit: "人次" },
    公务用车购置及运行维护费支出: "t09/vehicles/final",
    公务用车购置支出: "t09/vehicle_purchase/final",
    公务用车购置数: { of: "t09/vehicles_bought/final", unit: "辆" },
    公务用车运行维护支出: "t09/vehicle_running/final",
    公务用车保有量: { of: "t09/vehicles_kept/final", unit: "辆" },
    公务接待费支出: "t09/reception/final",
    国内公务接待支出: "t09/reception_domestic/final",
    外宾接待支出: "t09/reception_domestic_foreign/final",
    国内公务接待批次: { of: "t09/domestic_batches/final", unit: "批次" },
    国内公务接待人次: { of: "t09/domestic_persons/final", unit: "人次" },
    接待外宾批次: { of: "t09/domestic_batches_foreign/final", unit: "批次" },
    接待外宾人次: { of: "t09/domestic_persons_foreign/final", unit: "人次" },
    "国（境）外公务接待支出": "t09/reception_overseas/final",
    "国（境）外公务接待批次": { of: "t09/overseas_batches/final", unit: "批次" },
    "国（境）外公务接待人次": { of: "t09/overseas_persons/final", unit: "人次" },

    政府性基金预算财政拨款收入: "t07/total/income",
    政府性基金预算财政拨款支出: { of: "t07/total/total", label: "支出" },
    政府性基金项支出: { of: "t07/*/total", label: "{名称}" },
    政府性基金项支出决算: { of: "t07/*/total", label: "{名称}支出决算" },
    国有资本经营预算财政拨款支出: "t08/total/total",
    国有资本经营项支出: { of: "t08/*/total", label: "{名称}" },
    国有资本经营项支出决算: { of: "t08/*/total", label: "{名称}支出决算" },

    绩效管理: "performance.management",
    绩效管理制度: "performance.management.rules.*",
    编报绩效目标的项目数: { of: "performance.management.goals.projects", unit: "个" },
    编报绩效目标涉及预算金额: "performance.management.goals.amount",
    绩效跟踪评价的项目数: { of: "performance.management.tracking.projects", unit: "个" },
    绩效跟踪评价涉及预算金额: "performance.management.tracking.amount",
    绩效自评的项目数: { of: { count: "performance.projects" }, unit: "个" },
    绩效自评的项目及得分: { of: { count: "performance.projects" } },
    绩效自评涉及预算金额: {
      of: { stated: "performance.amounts.total", otherwiseSum: "performance.projects.*.amount" },
    },
    绩效自评平均得分: { of: { mean: "performance.projects" } },
    等级项目数: {
      of: { count: "performance.projects", grade: "*" },
      ...{ label: "“{名称}”的项目数", unit: "个" },
    },
    发现问题数: { of: "performance.management.problems.found", unit: "个" },
    完成整改的问题数: { of: "performance.management.problems.mended", unit: "个" },
    正在整改的问题数: { of: "performance.management.problems.mending", unit: "个" },

    机关运行经费: "facts.operatingCost",
    机关运行经费支出: { of: "facts.operatingCost.current", prior: "facts.operatingCost.prior" },
    上年机关运行经费支出: "facts.operatingCost.prior",
    政府采购金额: { of: { sum: ["货物采购金额", "工程采购金额", "服务采购金额"] } },
    货物采购金额: "facts.procurement.goods",
    工程采购金额: "facts.procurement.works",
    服务采购金额: "facts.procurement.services",
    面向中小企业预留政府采购项目预算金额: "facts.procurement.reserved.sme",
    面向小微企业预留政府采购项目预算金额: "facts.procurement.reserved.micro",
    预留项目中由中小企业中标或成交的采购金额: "facts.procurement.reserved.smeAwarded",
    预留项目中由小微企业中标或成交的采购金额: "facts.procurement.reserved.microAwarded",
    其他项目中由中小企业中标或成交的采购金额: "facts.procurement.reserved.openToSmeAwarded",
    车辆数: { of: "t10/vehicles_total/final", unit: "辆" },
    各类车辆: { of: "t10/*/final", label: "{名称}", unit: "辆" },
    "单价100万元（含）以上设备数": { of: "t10/equipment/final", unit: "台（套）" },
  },

  lists: {
    职责: { entries: "facts.duties" },
    单位: { entries: "facts.units" },
    收入构成: {
      quantities: [
        ...["财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入"],
        "其他收入",
      ],
    },
    支出构成: {
      quantities: ["基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    },
    一般公共预算各类: { functionCodes: "t05", level: "class", levelNames: true },
    一般公共预算各项: {
      ...{ functionCodes: "t05", level: "lowest", budget: "general", levelNames: true },
      when: "非零 一般公共预算项支出 或 非零 项年初预算",
    },
    政府性基金各项: {
      ...{ functionCodes: "t07", level: "lowest", budget: "fund", levelNames: true },
      when: "非零 政府性基金项支出 或 非零 项年初预算",
    },
    国有资本经营各项: {
      ...{ functionCodes: "t08", level: "lowest", budget: "capital", levelNames: true },
      when: "非零 国有资本经营项支出 或 非零 项年初预算",
    },
    人员经费科目: {
      ...{ economicRows: "t06", classes: ["301", "303"] },
      when: "非零 经济科目支出",
    },
    公用经费科目: {
      ...{ economicRows: "t06", classes: ["302", "307", "310", "312", "399"] },
      when: "非零 经济科目支出",
    },
    三公分项: {
      keys: {
        abroad: "因公出国（境）费",
        vehicles: "公务用车购置及运行维护费",
        reception: "公务接待费",
      },
    },
    可较上年的三公分项: {
      keys: {
        abroad: "因公出国（境）费",
        vehicles: "公务用车购置及运行维护费",
        reception: "公务接待费",
      },
      when: "可较上年 分项",
    },
    绩效管理制度: { entries: "performance.management.rules" },
    自评项目: { entries: "performance.projects" },
    等级: { keys: { 优: "优", 良: "良", 中: "合格", 差: "不合格" } },
    各类车辆: {
      keys: {
        minister_cars: "副部（省）级及以上领导用车",
        leader_cars: "主要领导干部用车",
        confidential_cars: "机要通信用车",
        emergency_cars: "应急保障用车",
        enforcement_cars: "执法执勤用车",
        special_cars: "特种专业技术用车",
        retired_cars: "离退休干部用车",
        other_cars: "其他用车",
      },
      when: "已填 各类车辆",
    },
  },

  overview: [
    {
      id: "duties",
      heading: "一、主要职能",
      paragraphs: [
        {
          when: "没有 职责",
          sentences: [{ id: "duties.none", text: "{待填 主要职责}。" }],
        },
        {
          each: "职责",
          label: "（{一}）",
          sentences: [{ id: "duties.#", text: "{引文 一项职责}{收尾于 一项职责}" }],
        },
      ],
    },
    {
      id: "profile",
      heading: "二、{若 是单位}机构设置{否则}部门决算单位构成{完}",
      paragraphs: [
        {
          sentences: [
            {
              id: "profile.units",
              text: [
                "{若 有 单位}从预算单位构成看，",
                "纳入{机构名称}{年}年度{部门}决算编制范围的单位共{计数 决算编制范围的单位数}，包括：",
                "{否则}纳入{本部门}{年}年度决算编制范围的",
                "{若 是单位}仅{名目 编制单位自身}本身，无所属单位。",
                "{否则}单位：{待填 纳入决算编制范围的单位}。{完}{完}",
              ],
            },
          ],
        },
        {
          each: "单位",
          label: "{1}、",
          sentences: [{ id: "profile.unit.#", text: "{单位名 单位名称}{收尾}" }],
        },
      ],
    },
  ],

  narrative: [
    {
      id: "overall",
      heading: "一、收入支出决算总体情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "overall.total",
              text: [
                "{机构名称}{年}年度收入支出总计{金额 收入支出总计}{较上年 收入支出总计}",
                "{原因 overall.total 收入支出总计}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "income",
      heading: "二、收入决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "income.composition",
              text: [
                "本年收入合计{金额 本年收入合计}",
                "{若 非零 本年收入}，其中：{构成 本年收入 收入构成}{完}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "expense",
      heading: "三、支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "expense.composition",
              text: [
                "本年支出合计{金额 本年支出合计}",
                "{若 非零 本年支出}，其中：{构成 本年支出 支出构成}{完}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "fiscal",
      heading: "四、财政拨款收入支出决算总体情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "fiscal.total",
              text: [
                "{机构名称}{年}年度财政拨款收入支出总计{金额 财政拨款收入支出总计}",
                "{较上年 财政拨款收入支出总计}{原因 fiscal.total 财政拨款收入支出总计}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "general",
      heading: "五、一般公共预算财政拨款支出决算情况说明",
      paragraphs: [
        {
          id: "general.heading.overall",
          subheading: "（一）一般公共预算财政拨款支出决算总体情况",
        },
        {
          sentences: [
            {
              id: "general.total",
              text: [
                "一般公共预算财政拨款支出{金额 一般公共预算财政拨款支出}",
                "{若 已填 一般公共预算财政拨款支出 且 已填 本年支出}，",
                "占本年支出合计的{占比 一般公共预算财政拨款支出 本年支出}{完}",
                "{较上年 一般公共预算财政拨款支出}",
                "{原因 general.total 一般公共预算财政拨款支出}。",
              ],
            },
          ],
        },
        {
          id: "general.heading.structure",
          subheading: "（二）一般公共预算财政拨款支出决算结构情况",
        },
        {
          sentences: [
            {
              id: "general.composition",
              text: [
                "一般公共预算财政拨款支出{金额 一般公共预算财政拨款支出}，主要用于以下方面：",
                "{构成 一般公共预算财政拨款支出 一般公共预算各类 数=类支出}。",
              ],
            },
          ],
        },
        {
          id: "general.heading.items",
          subheading: "（三）一般公共预算财政拨款支出决算具体情况",
        },
        {
          sentences: [
            {
              id: "general.budget",
              text: [
                "一般公共预算财政拨款支出",
                "{若 为零 一般公共预算财政拨款支出年初预算}",
                "无{字样 年初预算 一般公共预算财政拨款支出年初预算}",
                "{否则}年初预算为{金额 一般公共预算财政拨款支出年初预算}{完}，",
                "{若 留空 一般公共预算财政拨款支出}无{字样 支出决算 一般公共预算财政拨款支出}",
                "{否则}支出决算为{金额 一般公共预算财政拨款支出决算}{完}",
                "{完成 一般公共预算财政拨款支出 一般公共预算财政拨款支出年初预算 年初预算}。",
                "{若 有差异 一般公共预算财政拨款支出 一般公共预算财政拨款支出年初预算}决算数",
                "{比较 一般公共预算财政拨款支出 一般公共预算财政拨款支出年初预算 大于/小于}",
                "{原因 general.budget 一般公共预算财政拨款支出",
                " 比=一般公共预算财政拨款支出年初预算 称=年初预算数 引=预算数的主要原因：}。",
                "{否则若 都已知 一般公共预算财政拨款支出 一般公共预算财政拨款支出年初预算}决算数与预算数",
                "{比较 一般公共预算财政拨款支出 一般公共预算财政拨款支出年初预算 大于/小于/持平/基本持平}。",
                "{完}",
                "{若 有 一般公共预算各项}其中：{完}",
              ],
            },
          ],
        },
        {
          each: "一般公共预算各项",
          label: "{1}、",
          sentences: [
            {
              id: "general.item.*",
              text: [
                "{名称}。主要用于：{主要用途}。",
                "{若 为零 项年初预算}无{字样 年初预算 项年初预算}",
                "{否则}年初预算为{金额 项年初预算}{完}，",
                "{若 留空 一般公共预算项支出}无{字样 支出决算 一般公共预算项支出}",
                "{否则}支出决算为{金额 一般公共预算项支出决算}{完}。",
                "{若 有差异 一般公共预算项支出 项年初预算}决算数",
                "{比较 一般公共预算项支出 项年初预算 大于/小于}",
                "{原因 class.* 一般公共预算项支出 比=项年初预算 称=年初预算数 引=预算数的主要原因：}。",
                "{否则若 都已知 一般公共预算项支出 项年初预算}决算数与预算数",
                "{比较 一般公共预算项支出 项年初预算 大于/小于/持平/基本持平}。{完}",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "basic",
      heading: "六、一般公共预算财政拨款基本支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "basic.total",
              text: [
                "一般公共预算财政拨款基本支出{金额 一般公共预算财政拨款基本支出}，其中：",
                "{金额或无 人员经费}{若 有 人员经费科目}，主要包括：",
                "{逐 人员经费科目 分隔=、}{名目 经济科目支出}{完}{完}；",
                "{金额或无 公用经费}{若 有 公用经费科目}，主要包括：",
                "{逐 公用经费科目 分隔=、}{名目 经济科目支出}{完}{完}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "three_public",
      heading: "七、财政拨款“三公”经费支出决算情况说明",
      paragraphs: [
        {
          id: "three_public.heading.overall",
          subheading: "（一）“三公”经费财政拨款支出决算总体情况。",
        },
        {
          sentences: [
            {
              id: "three_public.budget",
              text: [
                "“三公”经费财政拨款支出",
                "{若 为零 “三公”经费年初预算}无{字样 年初预算 “三公”经费年初预算}",
                "{否则}年初预算为{金额 “三公”经费年初预算}{完}，",
                "{若 留空 “三公”经费支出}无{字样 支出决算 “三公”经费支出}",
                "{否则}支出决算为{金额 “三公”经费支出决算}{完}",
                "{完成 “三公”经费支出 “三公”经费年初预算 预算}，其中：",
                "{逐 三公分项 分隔=；}{名称}支出",
                "{若 留空 分项}无{字样 决算 分项}{否则}决算为{金额 分项支出决算}{完}",
                "{若 为零 分项预算}（无{字样 预算 分项预算}）{否则}{完成 分项 分项预算 预算}{完}",
                "{完}。",
                "{若 有差异 “三公”经费支出 “三公”经费年初预算}决算数",
                "{比较 “三公”经费支出 “三公”经费年初预算 大于/小于}",
                "{原因 three_public.total.budget “三公”经费支出",
                " 比=“三公”经费年初预算 称=年初预算数 引=预算数的主要原因：}。",
                "{否则若 都已知 “三公”经费支出 “三公”经费年初预算}决算数与预算数",
                "{比较 “三公”经费支出 “三公”经费年初预算 大于/小于/持平/基本持平}。{完}",
              ],
            },
            {
              id: "three_public.prior",
              when: "可较上年 “三公”经费财政拨款 或 有 可较上年的三公分项",
              text: [
                "{年}年度{若 可较上年 “三公”经费财政拨款}“三公”经费财政拨款",
                "{较上年 “三公”经费财政拨款 引= 主语=支出决算}",
                "{若 有 可较上年的三公分项}。其中：{完}{完}",
                "{若 有 可较上年的三公分项}",
                "{逐 可较上年的三公分项 分隔=；}{名称}{较上年 分项 引= 主语=支出决算}",
                "{原因 three_public.*.prior 分项支出}{完}{完}。",
              ],
            },
          ],
        },
        {
          id: "three_public.heading.details",
          subheading: "（二）“三公”经费财政拨款支出决算具体情况。",
        },
        {
          when: "为零 “三公”经费支出 或 已填 “三公”经费支出",
          sentences: [
            {
              id: "three_public.shares",
              text: [
                "{若 为零 “三公”经费支出}{机构名称}{年}年度{字样 无 “三公”经费支出}",
                "“三公”经费财政拨款支出。",
                "{否则}“三公”经费财政拨款支出决算中，",
                "{逐 三公分项 分隔=；}{若 留空 分项}无{名目 分项}支出",
                "{否则}{名称}支出决算{金额 分项支出决算}，占{占比 分项 “三公”经费支出}{完}{完}",
                "。具体情况如下：{完}",
              ],
            },
          ],
        },
        {
          when: "非零 “三公”经费支出",
          label: "1、",
          sentences: [
            {
              id: "three_public.abroad",
              text: [
                "{金额或无 因公出国（境）费支出}{若 为零 因公出国（境）费支出}。",
                "{否则}。全年安排因公出国（境）团组{计数 因公出国（境）团组数}、",
                "累计{计数 因公出国（境）人次数}。",
                "{说明 three_public.abroad.use 因公出国（境）费支出的开支内容 引=开支内容包括：}。{完}",
              ],
            },
          ],
        },
        {
          when: "非零 “三公”经费支出",
          label: "2、",
          sentences: [
            {
              id: "three_public.vehicles",
              text: [
                "{金额或无 公务用车购置及运行维护费支出}",
                "{若 留空 公务用车购置及运行维护费支出}。{否则}，其中：{完}",
              ],
            },
            {
              id: "three_public.vehicle_purchase",
              text: [
                "{金额或无 公务用车购置支出}{若 为零 公务用车购置支出}。",
                "{否则}，购置公务用车{计数 公务用车购置数}。",
                "{说明 three_public.vehicle_purchase.use 公务用车购置支出的开支内容 引=主要用于}。{完}",
              ],
            },
            {
              id: "three_public.vehicle_running",
              text: [
                "{金额或无 公务用车运行维护支出}。{若 并非 为零 公务用车运行维护支出}",
                "{说明 three_public.vehicle_running.use 公务用车运行维护支出的开支内容 引=主要用于}。{完}",
              ],
            },
            {
              id: "three_public.vehicles_kept",
              when: "已填 公务用车保有量 或 并非 为零 公务用车运行维护支出",
              text: "{年}年末，开支财政拨款的公务用车保有量为{计数 公务用车保有量}。",
            },
          ],
        },
        {
          when: "非零 “三公”经费支出",
          label: "3、",
          sentences: [
            {
              id: "three_public.reception",
              text: [
                "{金额或无 公务接待费支出}。{若 并非 为零 公务接待费支出}",
                "{说明 three_public.reception.use 公务接待费支出的开支内容 引=主要用于}。{完}",
              ],
            },
            {
              id: "three_public.reception_domestic",
              when: [
                "并非 为零 公务接待费支出 且 非零 国内公务接待支出 或",
                "并非 为零 公务接待费支出 且 未填 国内公务接待支出 且 零或空 国（境）外公务接待支出",
              ],
              text: [
                "其中：国内公务接待支出{金额 国内公务接待支出}",
                "{若 已填 外宾接待支出}（含外宾接待支出{金额 外宾接待支出}）{完}，",
                "国内公务接待{计数 国内公务接待批次}、{计数 国内公务接待人次}",
                "{若 已填 接待外宾批次 且 已填 接待外宾人次}，",
                "其中：接待外宾{计数 接待外宾批次}、{计数 接待外宾人次}{完}。",
              ],
            },
            {
              id: "three_public.reception_overseas",
              when: "并非 为零 公务接待费支出 且 非零 国（境）外公务接待支出",
              text: [
                "国（境）外公务接待支出{金额 国（境）外公务接待支出}，",
                "国（境）外公务接待{计数 国（境）外公务接待批次}、{计数 国（境）外公务接待人次}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "fund",
      heading: "八、政府性基金预算财政拨款收入支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "fund.total",
              text: [
                "{若 没有 政府性基金各项 且 零或空 政府性基金预算财政拨款收入",
                " 且 零或空 政府性基金预算财政拨款支出}",
                "{机构名称}{年}年度无政府性基金预算财政拨款{字样 收入 政府性基金预算财政拨款收入}",
                "和{字样 支出 政府性基金预算财政拨款支出}。",
                "{否则}{金额或无 政府性基金预算财政拨款收入}，",
                "{金额或无 政府性基金预算财政拨款支出}",
                "{若 有 政府性基金各项}，支出具体情况如下：{否则}。{完}{完}",
              ],
            },
          ],
        },
        {
          each: "政府性基金各项",
          label: "{1}、",
          sentences: [
            {
              id: "fund.item.*",
              text: [
                "{名称}。主要用于：{主要用途}。",
                "{若 为零 项年初预算}无{字样 年初预算 项年初预算}",
                "{否则}年初预算为{金额 项年初预算}{完}，",
                "{若 留空 政府性基金项支出}无{字样 支出决算 政府性基金项支出}",
                "{否则}支出决算为{金额 政府性基金项支出决算}{完}。",
                "{若 有差异 政府性基金项支出 项年初预算}决算数",
                "{比较 政府性基金项支出 项年初预算 大于/小于}",
                "{原因 class.* 政府性基金项支出 比=项年初预算 称=年初预算数 引=预算数的主要原因：}。",
                "{否则若 都已知 政府性基金项支出 项年初预算}决算数与预算数",
                "{比较 政府性基金项支出 项年初预算 大于/小于/持平/基本持平}。{完}",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "capital",
      heading: "九、国有资本经营预算财政拨款支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "capital.total",
              text: [
                "{若 没有 国有资本经营各项 且 零或空 国有资本经营预算财政拨款支出}",
                "{机构名称}{年}年度无国有资本经营预算财政拨款",
                "{字样 支出 国有资本经营预算财政拨款支出}。",
                "{否则}{金额或无 国有资本经营预算财政拨款支出}",
                "{若 有 国有资本经营各项}，支出具体情况如下：{否则}。{完}{完}",
              ],
            },
          ],
        },
        {
          each: "国有资本经营各项",
          label: "{1}、",
          sentences: [
            {
              id: "capital.item.*",
              text: [
                "{名称}。主要用于：{主要用途}。",
                "{若 为零 项年初预算}无{字样 年初预算 项年初预算}",
                "{否则}年初预算为{金额 项年初预算}{完}，",
                "{若 留空 国有资本经营项支出}无{字样 支出决算 国有资本经营项支出}",
                "{否则}支出决算为{金额 国有资本经营项支出决算}{完}。",
                "{若 有差异 国有资本经营项支出 项年初预算}决算数",
                "{比较 国有资本经营项支出 项年初预算 大于/小于}",
                "{原因 class.* 国有资本经营项支出 比=项年初预算 称=年初预算数 引=预算数的主要原因：}。",
                "{否则若 都已知 国有资本经营项支出 项年初预算}决算数与预算数",
                "{比较 国有资本经营项支出 项年初预算 大于/小于/持平/基本持平}。{完}",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "performance",
      heading: "十、预算绩效管理情况",
      paragraphs: [
        {
          sentences: [
            {
              id: "performance.lead",
              text: "{机构名称}{年}年度预算绩效管理工作开展情况如下：",
            },
            {
              id: "performance.rules",
              when: "有 绩效管理制度",
              text: [
                "{本部门}建立了如下预算绩效管理制度：",
                "{逐 绩效管理制度 分隔=、}{引文 绩效管理制度}{完}。",
              ],
            },
            {
              id: "performance.goals",
              when: "已填 绩效管理",
              text: [
                "编报绩效目标的{年}年度项目{计数 编报绩效目标的项目数}，",
                "涉及预算金额{金额 编报绩效目标涉及预算金额}；",
              ],
            },
            {
              id: "performance.tracking",
              when: "已填 绩效管理",
              text: [
                "绩效跟踪评价的{年}年度项目{计数 绩效跟踪评价的项目数}，",
                "涉及预算金额{金额 绩效跟踪评价涉及预算金额}；",
              ],
            },
            {
              id: "performance.evaluated",
              text: [
                "{若 有 自评项目}绩效自评的{年}年度项目{计数 绩效自评的项目数}，",
                "涉及预算金额{金额 绩效自评涉及预算金额}，平均得分{得分 绩效自评平均得分}",
                "（其中，{逐 等级 分隔=；}绩效评级为“{名称}”的项目{计数 等级项目数}{完}）。",
                "{否则若 为零 项目支出}{年}年度无{字样 项目支出 项目支出}，无绩效自评的项目。",
                "{否则}绩效自评项目：{待填 绩效自评的项目及得分}{完}",
              ],
            },
            {
              id: "performance.problems",
              when: "已填 绩效管理",
              text: [
                "绩效自评中共发现问题{计数 发现问题数}，已经完成整改的{计数 完成整改的问题数}，",
                "正在整改的{计数 正在整改的问题数}。",
              ],
            },
          ],
        },
        { ownChapters: true },
      ],
    },
    {
      id: "other",
      heading: "十一、其他重要事项的情况说明",
      paragraphs: [
        { id: "other.heading.operating_cost", subheading: "（一）机关运行经费支出情况" },
        {
          sentences: [
            {
              id: "operating_cost",
              text: [
                "{若 填零 机关运行经费支出 且 零或空 上年机关运行经费支出",
                " 或 未填 机关运行经费 且 无行政单位}",
                "{机构名称}{年}年度{字样 无 机关运行经费支出}机关运行经费支出。",
                "{否则}机关运行经费支出{金额 机关运行经费支出}{较上年 机关运行经费支出}",
                "{原因 operating_cost 机关运行经费支出}。{完}",
              ],
            },
          ],
        },
        { id: "other.heading.procurement", subheading: "（二）政府采购支出情况" },
        {
          sentences: [
            {
              id: "procurement.total",
              text: [
                "{机构名称}{年}年度{若 为零 政府采购金额}{字样 无 政府采购金额}政府采购支出。",
                "{否则}政府采购金额（以合同签订为准）为{金额 政府采购金额}，",
                "其中：货物采购金额{金额 货物采购金额}、工程采购金额{金额 工程采购金额}、",
                "服务采购金额{金额 服务采购金额}。{完}",
              ],
            },
            {
              id: "procurement.reserved",
              when: "非零 政府采购金额",
              text: [
                "{年}年度{本部门}面向中小企业预留政府采购项目预算金额",
                "{金额 面向中小企业预留政府采购项目预算金额}，",
                "面向小微企业预留政府采购项目预算金额{金额 面向小微企业预留政府采购项目预算金额}。",
              ],
            },
            {
              id: "procurement.awarded",
              when: "非零 政府采购金额",
              text: [
                "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的采购金额",
                "{金额 预留项目中由中小企业中标或成交的采购金额}；",
                "在面向小微企业预留的政府采购项目中，由小微企业供应商中标或成交的采购金额",
                "{金额 预留项目中由小微企业中标或成交的采购金额}；",
                "在其他政府采购项目中，由中小企业供应商中标或成交的采购金额",
                "{金额 其他项目中由中小企业中标或成交的采购金额}。",
              ],
            },
          ],
        },
        { id: "other.heading.assets", subheading: "（三）国有资产占有使用情况说明" },
        {
          sentences: [
            {
              id: "assets.vehicles",
              text: [
                "截至{年}年12月31日，{机构名称}共有车辆{计数 车辆数}",
                "{若 有 各类车辆}，其中：{逐 各类车辆 分隔=、}{名称}{计数 各类车辆}{完}{完}。",
              ],
            },
            {
              id: "assets.equipment",
              text: [
                "{若 留空 单价100万元（含）以上设备数}无",
                "{字样 单价100万元（含）以上设备 单价100万元（含）以上设备数}（不含车辆）",
                "{否则}单价100万元（含）以上设备（不含车辆）{计数 单价100万元（含）以上设备数}{完}。",
              ],
            },
          ],
        },
      ],
    },
  ],
};

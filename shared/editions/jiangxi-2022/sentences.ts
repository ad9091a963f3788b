import type { Sentences } from "../../forms/sentences-schema.ts";

/** 第一部分 概况 and 第三部分 决算情况说明 as Jiangxi words them; docs/templates.md explains the grammar. */
export const jiangxi2022Sentences: Sentences = {
  quantities: {
    主要职责: { of: "facts.duties", label: "{部门}主要职责" },
    一项职责: { of: "facts.duties.*", label: "主要职责" },
    决算编制范围的单位数: { of: { count: "facts.units" }, unit: "个" },
    纳入决算编制范围的单位: "facts.units",
    编制单位自身: { of: "facts.units", label: "{机构名称}" },
    单位名称: "facts.units.*.name",
    人员情况: "facts.people",
    年末实有人数: { of: { sum: ["在职人员", "离休人员", "退休人员"] }, unit: "人" },
    在职人员: { of: "facts.people.active", unit: "人" },
    离休人员: { of: "facts.people.retiredCadres", unit: "人" },
    退休人员: { of: "facts.people.retired", unit: "人" },
    年末其他人员: { of: "facts.people.others", unit: "人" },
    年末学生人数: { of: "facts.people.students", unit: "人" },
    由养老保险基金发放养老金的离退休人员: { of: "facts.people.pensioned", unit: "人" },

    收入总计: "t01/income_sum/final",
    年初结转和结余: "t01/opening/final",
    使用非财政拨款结余: "t01/surplus_used/final",
    本年收入合计: "t01/income_total/final",
    本年收入: "t02/total/total",
    财政拨款收入: "t02/total/fiscal",
    上级补助收入: "t02/total/superior",
    事业收入: "t02/total/business",
    经营收入: "t02/total/operating",
    附属单位上缴收入: "t02/total/affiliate",
    其他收入: "t02/total/other",
    支出总计: "t01/expense_sum/final",
    本年支出合计: "t01/expense_total/final",
    结余分配: "t01/distribution/final",
    年末结转和结余: "t01/closing/final",
    本年支出: "t03/total/total",
    基本支出: "t03/total/basic",
    项目支出: "t03/total/project",
    经营支出: "t03/total/operating",
    对附属单位补助支出: "t03/total/to_affiliate",
    上缴上级支出: "t03/total/to_superior",
    "其他支出（对附属单位补助支出、上缴上级支出）": {
      of: { sum: ["对附属单位补助支出", "上缴上级支出"] },
    },

    财政拨款本年支出: "t04/expense_total/total",
    财政拨款本年支出决算数: "t04/expense_total/total",
    财政拨款本年支出年初预算数: "facts.initialBudget.total",
    类支出: { of: "t04/*/total", label: "{名称}" },
    类决算数: { of: "t04/*/total", label: "{名称}决算数" },
    类年初预算数: { of: { initialBudget: "code" }, label: "{名称}年初预算数" },

    人员经费: "t06/personnel_total/final",
    公用经费: "t06/public_total/final",
    一般公共预算财政拨款基本支出: { of: { sum: ["人员经费", "公用经费"] } },
    经济分类支出: { of: "t06/*/final", label: "{名称}" },
    上年经济分类支出: { of: { prior: "t06/*/final" } },

    "“三公”经费支出": "t09/total/final",
    "“三公”经费支出决算数": "t09/total/final",
    "“三公”经费支出全年预算数": "t09/total/full",
    分项支出: { of: "t09/*/final", label: "{名称}" },
    分项决算数: { of: "t09/*/final", label: "{名称}决算数" },
    分项全年预算数: { of: "t09/*/full", label: "{名称}全年预算数" },
    "因公出国（境）支出": "t09/abroad/final",
    公务接待费支出: "t09/reception/final",
    公务用车购置及运行维护费支出: "t09/vehicles/final",
    公务用车购置支出: "t09/vehicle_purchase/final",
    公务用车运行维护费支出: "t09/vehicle_running/final",
    出国团组: { of: "t09/abroad_groups/final", label: "全年安排因公出国（境）团组", unit: "个" },
    出国人次: { of: "t09/abroad_persons/final", label: "全年安排累计", unit: "人次" },
    国内接待批次: { of: "t09/domestic_batches/final", label: "全年国内公务接待", unit: "批" },
    国内接待人次: { of: "t09/domestic_persons/final", label: "全年累计接待", unit: "人次" },
    外事接待批次: {
      ...{ of: "t09/domestic_batches_foreign/final", label: "全年其中外事接待", unit: "批" },
    },
    外事接待人次: { of: "t09/domestic_persons_foreign/final", label: "全年累计接待", unit: "人次" },
    境外接待批次: {
      ...{ of: "t09/overseas_batches/final", label: "全年国（境）外公务接待", unit: "批" },
    },
    境外接待人次: { of: "t09/overseas_persons/final", label: "全年累计接待", unit: "人次" },
    公务用车购置数: { of: "t09/vehicles_bought/final", label: "全年购置公务用车", unit: "辆" },
    公务用车保有量: { of: "t09/vehicles_kept/final", label: "年末公务用车保有", unit: "辆" },

    机关运行经费: "facts.operatingCost",
    机关运行经费支出: { of: "facts.operatingCost.current", prior: "facts.operatingCost.prior" },

    政府采购支出总额: {
      of: { sum: ["政府采购货物支出", "政府采购工程支出", "政府采购服务支出"] },
    },
    政府采购货物支出: "facts.procurement.goods",
    政府采购工程支出: "facts.procurement.works",
    政府采购服务支出: "facts.procurement.services",
    授予中小企业合同金额: "facts.procurement.sme",
    授予小微企业合同金额: "facts.procurement.micro",
    货物采购授予中小企业合同金额: "facts.procurement.smeGoods",
    工程采购授予中小企业合同金额: "facts.procurement.smeWorks",
    服务采购授予中小企业合同金额: "facts.procurement.smeServices",

    其他用车数量: { of: "t10/other_cars/final", unit: "辆" },
    其他用车的用途: "facts.otherVehicleUse",
    各类车辆: { of: "t10/*/final", unit: "辆" },
    设备: { of: "t10/equipment/final", unit: "台（套）" },

    自评项目数: { of: { count: "performance.projects" }, unit: "个" },
    绩效自评的项目及得分: { of: { count: "performance.projects" } },
    自评平均得分: { of: { mean: "performance.projects" } },
    自评项目涉及资金: {
      of: { stated: "performance.amounts.total", otherwiseSum: "performance.projects.*.amount" },
    },
    自评项目资金构成: "performance.amounts",
    自评项目一般公共预算支出: "performance.amounts.general",
    自评项目政府性基金预算支出: "performance.amounts.fund",
    自评项目国有资本经营预算支出: "performance.amounts.capital",
    等级项目数: {
      of: { count: "performance.projects", grade: "*" },
      ...{ label: "“{名称}”的项目数", unit: "个" },
    },
    项目名称: { of: "performance.projects.*.name", label: "第{1}个项目的名称" },
    项目得分: { of: "performance.projects.*.score", label: "第{1}个项目的得分" },
    整体支出绩效评价: "performance.overall",
    整体评价一般公共预算支出: {
      ...{ of: "performance.overall.general" },
      label: "{部门}整体支出绩效评价涉及的一般公共预算支出",
    },
    整体评价政府性基金预算支出: {
      ...{ of: "performance.overall.fund" },
      label: "{部门}整体支出绩效评价涉及的政府性基金预算支出",
    },
    整体支出绩效评价得分: {
      ...{ of: "performance.overall.score", label: "{部门}整体支出绩效评价得分" },
    },
    部门评价: "performance.evaluation",
    部门评价的项目: "performance.evaluation.project",
    部门评价得分: "performance.evaluation.score",
  },

  lists: {
    职责: { entries: "facts.duties" },
    单位: { entries: "facts.units" },
    本级: { entries: "facts.units", where: { kind: "own_office" } },
    所属单位: { entries: "facts.units", where: { kind: "subordinate" } },
    收入构成: {
      quantities: [
        ...["财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入"],
        "其他收入",
      ],
      always: ["财政拨款收入", "事业收入", "经营收入", "其他收入"],
    },
    支出构成: {
      quantities: [
        ...["基本支出", "项目支出", "经营支出", "其他支出（对附属单位补助支出、上缴上级支出）"],
      ],
      always: [
        ...["基本支出", "项目支出", "经营支出", "其他支出（对附属单位补助支出、上缴上级支出）"],
      ],
    },
    支出功能分类各类: {
      ...{ functionCodes: "t04", level: "class", budget: "all" },
      when: "非零 类年初预算数 或 非零 类决算数",
    },
    经济分类各类: {
      economicCodes: ["301", "302", "303", "310", "307", "312", "399"],
      always: ["301", "302", "303"],
      when: "非零 经济分类支出 或 非零 上年经济分类支出",
    },
    三公分项: {
      keys: {
        abroad: "因公出国（境）支出",
        reception: "公务接待费支出",
        vehicle_purchase: "公务用车购置支出",
        vehicle_running: "公务用车运行维护费支出",
      },
    },
    出国情况: {
      quantities: { 出国团组: "因公出国（境）团组", 出国人次: "累计" },
      when: "已填 本项 或 非零 因公出国（境）支出",
    },
    接待情况: {
      quantities: {
        国内接待批次: "国内公务接待",
        国内接待人次: "累计接待",
        外事接待批次: "其中外事接待",
        外事接待人次: "累计接待",
        境外接待批次: "国（境）外公务接待",
        境外接待人次: "累计接待",
      },
      when: "已填 本项 或 非零 公务接待费支出 且 居前 2",
    },
    等级: { keys: { 优: "优", 良: "良", 中: "中", 差: "差" }, when: "非零 等级项目数" },
    自评项目: { entries: "performance.projects" },
    自评表: { entries: "performance.selfEvaluations" },
  },

  patterns: {
    三公分项支出: {
      list: "三公分项",
      sentences: [
        {
          id: "three_public.*",
          text: [
            "{名称}",
            "{若 为零 分项全年预算数 且 为零 分项支出}",
            "本年无{字样 预算 分项全年预算数}和{字样 支出 分项支出}",
            "{否则}",
            "{若 为零 分项全年预算数}无{字样 全年预算 分项全年预算数}",
            "{否则}全年预算数为{金额 分项全年预算数}{完}，",
            "{金额或无 分项决算数 引=决算数为 无=决算支出}{完成 分项支出 分项全年预算数 全年预算}",
            "{完}",
            "{较上年 分项支出 主语=决算数}{原因 three_public.*.prior 分项决算数}。",
          ],
        },
        {
          id: "three_public.*.budget",
          when: [
            "都已知 分项支出 分项全年预算数 且 非零 分项支出",
            "或 都已知 分项支出 分项全年预算数 且 非零 分项全年预算数",
          ],
          text: [
            "决算数{若 相等 分项支出 分项全年预算数}与{否则}较{完}全年预算数",
            "{比较 分项支出 分项全年预算数 增加/减少/持平}",
            "{原因 three_public.*.budget 分项决算数 比=分项全年预算数 称=全年预算数 引=的主要原因是：}。",
          ],
        },
      ],
    },
  },

  overview: [
    {
      id: "duties",
      heading: "一、{部门}主要职责",
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
      heading: "二、{部门}基本情况",
      paragraphs: [
        {
          sentences: [
            {
              id: "profile.units",
              text: [
                "纳入{本部门}{年}年度决算编制范围的",
                "{若 有 单位}单位共{计数 决算编制范围的单位数}，包括：",
                "{逐 本级 分隔=和}{单位名 单位名称}{完}",
                "{若 有 本级 且 有 所属单位}和{完}",
                "{若 有 所属单位}{项数 所属单位 个}所属二级预算单位：",
                "{逐 所属单位 分隔=、}{单位名 单位名称}{完}{完}。",
                "{否则若 是单位}仅{名目 编制单位自身}本身，无所属单位。",
                "{否则}单位：{待填 纳入决算编制范围的单位}。{完}",
              ],
            },
          ],
        },
        {
          sentences: [
            {
              id: "profile.people",
              text: [
                "{本部门}{年}年年末实有人数{计数 年末实有人数}",
                "{若 已填 人员情况}，其中：在职人员{计数 在职人员}，离休人员{计数 离休人员}，",
                "退休人员{计数 退休人员}（不含由养老保险基金发放养老金的离退休人员）{完}。",
              ],
            },
            {
              id: "profile.others",
              when: "已填 人员情况",
              text: [
                "年末其他人员{计数 年末其他人员}；年末学生人数{计数 年末学生人数}；",
                "由养老保险基金发放养老金的离退休人员{计数 由养老保险基金发放养老金的离退休人员}。",
              ],
            },
          ],
        },
      ],
    },
  ],

  narrative: [
    {
      id: "income",
      heading: "一、收入决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "income.total",
              text: "{本部门}{年}年度收入总计{金额 收入总计}{较上年 收入总计 只写差额}。",
            },
            {
              id: "income.opening",
              text: [
                "其中：{金额或无 年初结转和结余}{较上年 年初结转和结余}",
                "{原因 income.opening 年初结转和结余 可不填}；",
              ],
            },
            {
              id: "income.surplus_used",
              when: "非零 使用非财政拨款结余",
              text: "使用非财政拨款结余{金额 使用非财政拨款结余}；",
            },
            {
              id: "income.year",
              text: [
                "本年收入合计{金额 本年收入合计}{较上年 本年收入合计}",
                "{原因 income.year 本年收入合计}。",
              ],
            },
          ],
        },
        {
          sentences: [
            {
              id: "income.composition",
              text: "本年收入的具体构成为：{构成 本年收入 收入构成}。",
            },
          ],
        },
      ],
    },
    {
      id: "expense",
      heading: "二、支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "expense.total",
              text: "{本部门}{年}年度支出总计{金额 支出总计}{较上年 支出总计 只写差额}。",
            },
            {
              id: "expense.year",
              text: [
                "其中：本年支出合计{金额 本年支出合计}{较上年 本年支出合计}",
                "{原因 expense.year 本年支出合计}；",
              ],
            },
            {
              id: "expense.distribution",
              when: "非零 结余分配",
              text: "结余分配{金额 结余分配}；",
            },
            {
              id: "expense.closing",
              text: [
                "{金额或无 年末结转和结余}{较上年 年末结转和结余}",
                "{原因 expense.closing 年末结转和结余}。",
              ],
            },
          ],
        },
        {
          sentences: [
            {
              id: "expense.composition",
              text: "本年支出的具体构成为：{构成 本年支出 支出构成}。",
            },
          ],
        },
      ],
    },
    {
      id: "fiscal",
      heading: "三、财政拨款支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "fiscal.total",
              text: [
                "{本部门}{年}年度财政拨款本年支出",
                "{若 为零 财政拨款本年支出年初预算数}无{字样 年初预算 财政拨款本年支出年初预算数}",
                "{否则}年初预算数为{金额 财政拨款本年支出年初预算数}{完}，",
                "{金额或无 财政拨款本年支出决算数 引=决算数为 无=决算支出}",
                "{完成 财政拨款本年支出 财政拨款本年支出年初预算数 年初预算}",
                "{原因 fiscal.total 财政拨款本年支出 比=财政拨款本年支出年初预算数 称=年初预算数}",
                "。{若 有 支出功能分类各类}其中：{完}",
              ],
            },
          ],
        },
        {
          each: "支出功能分类各类",
          label: "（{一}）",
          sentences: [
            {
              id: "fiscal.class.*",
              text: [
                "{名称}{若 为零 类年初预算数}无{字样 年初预算 类年初预算数}",
                "{否则}年初预算数为{金额 类年初预算数}{完}，",
                "{金额或无 类决算数 引=决算数为 无=决算支出}{完成 类支出 类年初预算数 年初预算}",
                "{原因 class.* 类支出 比=类年初预算数 称=年初预算数}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "basic",
      heading: "四、一般公共预算财政拨款基本支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "basic.total",
              text: [
                "{本部门}{年}年度一般公共预算财政拨款基本支出",
                "{金额 一般公共预算财政拨款基本支出}，其中：",
              ],
            },
          ],
        },
        {
          each: "经济分类各类",
          label: "（{一}）",
          sentences: [
            {
              id: "basic.*",
              text: "{金额或无 经济分类支出}{较上年 经济分类支出}{原因 basic.* 经济分类支出}。",
            },
          ],
        },
      ],
    },
    {
      id: "three_public",
      heading: "五、财政拨款“三公”经费支出决算情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "three_public.total",
              text: [
                "{本部门}{年}年度财政拨款“三公”经费支出",
                "{若 为零 “三公”经费支出全年预算数 且 为零 “三公”经费支出}",
                "本年无{字样 预算 “三公”经费支出全年预算数}和{字样 支出 “三公”经费支出}",
                "{否则}",
                "{若 为零 “三公”经费支出全年预算数}无{字样 全年预算 “三公”经费支出全年预算数}",
                "{否则}全年预算数为{金额 “三公”经费支出全年预算数}{完}，",
                "{金额或无 “三公”经费支出决算数 引=决算数为 无=决算支出}",
                "{完成 “三公”经费支出 “三公”经费支出全年预算数 全年预算}",
                "{完}",
                "{较上年 “三公”经费支出 主语=决算数}",
                "{原因 three_public.total.prior “三公”经费支出决算数 可不填}",
                "{若 未填 “三公”经费支出}。{否则}，其中：{完}",
              ],
            },
          ],
        },
        {
          label: "（一）",
          sentences: [
            { pattern: "三公分项支出", entry: "abroad" },
            {
              id: "three_public.abroad.counts",
              when: "有 出国情况",
              text: "全年安排{逐 出国情况 分隔=，}{名称}{计数 本项}{完}。",
            },
          ],
        },
        {
          label: "（二）",
          sentences: [
            { pattern: "三公分项支出", entry: "reception" },
            {
              id: "three_public.reception.counts",
              when: "有 接待情况",
              text: "全年{逐 接待情况 分隔=，}{名称}{计数 本项}{完}。",
            },
          ],
        },
        {
          label: "（三）",
          sentences: [
            {
              id: "three_public.vehicles",
              text: [
                "{金额或无 公务用车购置及运行维护费支出}",
                "{若 留空 公务用车购置及运行维护费支出}。{否则}，其中：{完}",
              ],
            },
            { pattern: "三公分项支出", entry: "vehicle_purchase" },
            {
              id: "three_public.vehicle_purchase.counts",
              when: "已填 公务用车购置数 或 非零 公务用车购置支出",
              text: "全年购置公务用车{计数 公务用车购置数}。",
            },
            { pattern: "三公分项支出", entry: "vehicle_running" },
            {
              id: "three_public.vehicle_running.counts",
              when: "已填 公务用车保有量 或 非零 公务用车运行维护费支出",
              text: "年末公务用车保有{计数 公务用车保有量}。",
            },
          ],
        },
      ],
    },
    {
      id: "operating_cost",
      heading: "六、机关运行经费支出情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "operating_cost",
              text: [
                "{本部门}",
                "{若 未填 机关运行经费 且 无行政单位}{字样 无 纳入决算编制范围的单位}",
                "行政单位和参照公务员法管理事业单位，{年}年度无机关运行经费支出。",
                "{否则}{年}年度机关运行经费支出{金额 机关运行经费支出}",
                "（与部门决算中行政单位和参照公务员法管理事业单位财政拨款基本支出中公用经费之和一致）",
                "{较上年 机关运行经费支出 主语=决算数}{原因 operating_cost 机关运行经费支出}。{完}",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "procurement",
      heading: "七、政府采购支出情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "procurement.total",
              text: [
                "{本部门}{年}年度{若 为零 政府采购支出总额}{字样 无 政府采购支出总额}政府采购支出。",
                "{否则}政府采购支出总额{金额 政府采购支出总额}，",
                "其中：政府采购货物支出{金额 政府采购货物支出}、",
                "政府采购工程支出{金额 政府采购工程支出}、",
                "政府采购服务支出{金额 政府采购服务支出}。{完}",
              ],
            },
            {
              id: "procurement.sme",
              when: "非零 政府采购支出总额",
              text: [
                "授予中小企业合同金额{金额 授予中小企业合同金额}，",
                "占政府采购支出总额的{占比 授予中小企业合同金额 政府采购支出总额}，",
                "其中：授予小微企业合同金额{金额 授予小微企业合同金额}",
                "{若 并非 填零 授予中小企业合同金额}，",
                "占授予中小企业合同金额的{占比 授予小微企业合同金额 授予中小企业合同金额}{完}。",
              ],
            },
            {
              id: "procurement.sme_by_kind",
              when: "非零 政府采购支出总额",
              text: [
                "{若 填零 政府采购货物支出}本年无政府采购货物支出，授予中小企业合同金额占比",
                "{占比 货物采购授予中小企业合同金额 政府采购货物支出}{否则}",
                "货物采购授予中小企业合同金额{金额 货物采购授予中小企业合同金额}，",
                "占货物支出金额的{占比 货物采购授予中小企业合同金额 政府采购货物支出}{完}；",
                "{若 填零 政府采购工程支出}本年无政府采购工程支出，授予中小企业合同金额占比",
                "{占比 工程采购授予中小企业合同金额 政府采购工程支出}{否则}",
                "工程采购授予中小企业合同金额{金额 工程采购授予中小企业合同金额}，",
                "占工程支出金额的{占比 工程采购授予中小企业合同金额 政府采购工程支出}{完}；",
                "{若 填零 政府采购服务支出}本年无政府采购服务支出，授予中小企业合同金额占比",
                "{占比 服务采购授予中小企业合同金额 政府采购服务支出}{否则}",
                "服务采购授予中小企业合同金额{金额 服务采购授予中小企业合同金额}，",
                "占服务支出金额的{占比 服务采购授予中小企业合同金额 政府采购服务支出}{完}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "assets",
      heading: "八、国有资产占用情况说明",
      paragraphs: [
        {
          sentences: [
            {
              id: "assets.reference",
              text: "截至{年}年12月31日，{本部门}国有资产占用情况见公开10表《国有资产占用情况表》。",
            },
            {
              id: "assets.other_cars",
              text: [
                "其中，车辆中的其他用车{若 留空 其他用车数量}{字样 无 其他用车数量}",
                "{否则}车辆数为{计数 其他用车数量}{完}",
                "{若 非零 其他用车数量}，主要用于：{引文 其他用车的用途}{完}。",
              ],
            },
          ],
        },
      ],
    },
    {
      id: "performance",
      heading: "九、预算绩效评价情况说明",
      paragraphs: [
        { id: "performance.work", subheading: "（一）绩效评价工作开展情况。" },
        {
          sentences: [
            {
              id: "performance.scope",
              text: [
                "{若 有 自评项目}根据预算绩效管理要求，{本部门}组织对纳入{年}年度{部门}预算范围的",
                "{计数 自评项目数}二级项目开展绩效自评，涉及资金{金额 自评项目涉及资金}",
                "{若 已填 自评项目涉及资金}，占项目支出总额的{占比 自评项目涉及资金 项目支出}{完}。",
                "{否则若 为零 项目支出}{本部门}{年}年度无{字样 项目支出 项目支出}，无纳入绩效自评的项目。",
                "{否则}绩效自评项目：{待填 绩效自评的项目及得分}{完}",
              ],
            },
            {
              id: "performance.funds",
              when: "有 自评项目 且 已填 自评项目资金构成",
              text: [
                "其中：一般公共预算支出{金额 自评项目一般公共预算支出}，",
                "政府性基金预算支出{金额 自评项目政府性基金预算支出}，",
                "国有资本经营预算支出{金额 自评项目国有资本经营预算支出}。",
              ],
            },
            {
              id: "performance.mean",
              when: "有 自评项目",
              text: "从评价情况来看，项目绩效自评平均得分{得分 自评平均得分}。",
            },
          ],
        },
        {
          sentences: [
            {
              id: "performance.overall",
              text: [
                "{若 未填 整体支出绩效评价}{年}年度未组织开展{部门}整体支出绩效评价。",
                "{否则}组织开展{部门}整体支出绩效评价，",
                "涉及一般公共预算支出{金额 整体评价一般公共预算支出}，",
                "政府性基金预算支出{金额 整体评价政府性基金预算支出}；",
                "{部门}整体支出绩效自评得分{得分 整体支出绩效评价得分}，",
                "绩效等级为{等级 整体支出绩效评价得分}。{完}",
              ],
            },
          ],
        },
        { id: "performance.results", subheading: "（二）部门决算中项目绩效自评结果。" },
        {
          sentences: [
            {
              id: "performance.grades",
              when: "有 自评项目",
              text: [
                "{本部门}{年}年度{计数 自评项目数}项目绩效自评平均得分{得分 自评平均得分}，",
                "绩效等级为{等级 自评平均得分}，其中：",
                "{逐 等级 分隔=；}评价等级为“{名称}”的项目{计数 等级项目数}{完}。",
              ],
            },
            {
              id: "performance.list",
              text: "{若 有 自评项目}各项目得分情况如下：{否则}{年}年度无项目绩效自评结果。{完}",
            },
          ],
        },
        {
          each: "自评项目",
          label: "（{1}）",
          sentences: [
            {
              id: "performance.project.#",
              text: "{引文 项目名称}{补足 项目名称 项目}绩效自评得分{得分 项目得分}{收尾}",
            },
          ],
        },
        { ownChapters: true },
        { id: "performance.evaluation", subheading: "（三）部门评价项目绩效评价情况。" },
        {
          sentences: [
            {
              id: "performance.evaluated",
              text: [
                "{本部门}{若 未填 部门评价}{年}年度无项目开展部门评价。",
                "{否则}对{引文 部门评价的项目}{补足 部门评价的项目 项目}{年}年度支出开展部门评价，",
                "评价得分{得分 部门评价得分}，绩效等级为{等级 部门评价得分}，",
                "部门评价报告{若 有 自评表}和项目支出绩效自评表{完}见附件。{完}",
              ],
            },
          ],
        },
      ],
    },
  ],
};

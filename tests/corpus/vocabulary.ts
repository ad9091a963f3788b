import type { Random } from "./random.ts";

/** Words that reasons, names and purposes are put together from, as departments write them. */

export const orgNames = [
  ...["青岭市水利局", "临川市应急管理局", "云溪市档案馆", "柏安市交通运输局", "南浦市农业农村局"],
  ...[
    "长阜市市场监督管理局",
    "沁河市教育体育局",
    "金峰市民政局",
    "东梁市自然资源局",
    "平皋市司法局",
  ],
  ...[
    "白鹭市文化广电旅游局",
    "武陵市卫生健康委员会",
    "丰泽市科学技术局",
    "新塘市统计局",
    "安梧市审计局",
  ],
  ...[
    "海宁桥市退役军人事务局",
    "西岭市城市管理局",
    "永昌市住房和城乡建设局",
    "高湖市总工会",
    "清江市图书馆",
  ],
] as const;

export const subordinateNames = [
  ...["综合行政执法支队", "信息中心", "机关服务中心", "质量检测站", "培训学校", "技术推广中心"],
  ...["事务服务中心", "防汛抗旱服务中心", "救助管理站", "规划研究院", "文化馆", "政策研究所"],
] as const;

export const duties = [
  ...["贯彻执行国家和省、市有关法律法规和方针政策，拟订本市相关规划并组织实施"],
  ...["承担行业监督管理责任，指导各县（市、区）开展业务工作"],
  ...["组织开展重大项目的论证、申报和验收，监督资金使用"],
  ...["负责本系统人才队伍建设和业务培训，组织对外交流与合作"],
  ...["受理群众来信来访，依法查处违法行为"],
  ...["完成市委、市政府交办的其他任务"],
] as const;

const undertakings = [
  ...["智慧水务平台", "河道清淤工程", "档案数字化加工", "老旧办公楼消防改造", "县乡道路养护"],
  ...[
    "粮食安全储备",
    "基层执法装备配置",
    "食品快检室建设",
    "青少年校外活动中心",
    "养老服务中心改造",
  ],
  ...["耕地保护监测", "公共法律服务站", "非遗保护展陈", "妇幼健康筛查", "科技成果转化中心"],
  ...[
    "第五次经济普查",
    "政府投资审计外聘服务",
    "烈士纪念设施修缮",
    "垃圾分类驿站",
    "保障性住房配套",
  ],
  ...[
    "职工疗休养基地",
    "全民阅读推广",
    "地质灾害隐患点治理",
    "乡镇水质自动监测站",
    "网络安全等级保护测评",
  ],
  ...["干部夜校培训", "数据机房迁建", "公共停车场建设", "农机购置与应用", "社区矫正中心"],
] as const;

const more = [
  ...[
    "按批复新增{u}，本年集中支付前期工程款",
    "上级年中下达{u}专项资金",
    "{u}由上年末启动转为本年全面实施",
  ],
  ...[
    "增人增资及补缴以前年度社会保险，同时启动{u}",
    "{u}合同尾款集中在本年支付",
    "承接{u}任务后购买服务支出上升",
  ],
  ...[
    "{u}验收完成，按合同结清款项",
    "机构改革划入人员并接管{u}",
    "{u}列入民生实事，市级配套资金足额到位",
  ],
] as const;

const less = [
  ...[
    "{u}上年已完工，本年只支付质保金",
    "压减一般性支出，{u}推迟至下年采购",
    "{u}招标节约资金由财政收回",
  ],
  ...[
    "退休人员转出及{u}结束后不再安排经费",
    "{u}受汛期影响进度放缓，未达到付款条件",
    "{u}改由县（市、区）承担",
  ],
  ...[
    "上年一次性安排{u}，本年无此因素",
    "{u}合并实施后会议和差旅次数缩减",
    "严控{u}外包规模，改由本单位人员承担",
  ],
] as const;

/** Reasons tell figures of their own at times, which are no figures of the sentence. */
const asides = [
  "（约{n}万元）",
  "，其中设备购置{n}万元",
  "，涉及{k}个乡镇",
  "，比计划少安排{k}次",
] as const;

/** Distinct reasons: none is drawn twice for one report. */
export function reasonsOf(random: Random): (side: "more" | "less") => string {
  const drawn = new Set<string>();
  return (side) => {
    for (;;) {
      const words = random.pick(side === "more" ? more : less);
      const aside = random.chance(0.2) ? random.pick(asides) : "";
      const reason = (words + aside)
        .replace("{u}", random.pick(undertakings))
        .replace("{n}", (random.int(101, 9_999) / 100).toFixed(2))
        .replace("{k}", String(random.int(2, 12)));
      if (drawn.has(reason)) continue;
      drawn.add(reason);
      return reason;
    }
  };
}

const uses = [
  ...["在职人员工资福利和日常公用开支", "{u}的设计、施工和监理费用", "{u}运行维护和第三方服务"],
  ...["缴纳本年度应由单位负担的部分", "开展{u}的材料、租赁和劳务开支", "对{u}承担单位的补助"],
] as const;

export const purposeOf = (random: Random): string =>
  random.pick(uses).replace("{u}", random.pick(undertakings));

const accounts = {
  abroad: [
    "公务出国（境）的国际旅费、住宿费、伙食费和公杂费",
    "参加{u}国际交流的往返旅费和境外食宿",
  ],
  vehicle_purchase: ["更新{u}用的执法执勤用车", "购置机要通信用车及其购置税"],
  vehicle_running: ["公务用车燃料费、维修费、过路过桥费和保险费", "{u}巡查车辆的燃料、维修和保险"],
  reception: ["接待来访单位调研{u}的用餐", "与兄弟单位交流{u}、接受检查指导发生的接待"],
} as const;

export const accountOf = (random: Random, row: string): string =>
  random.pick(accounts[row as keyof typeof accounts]).replace("{u}", random.pick(undertakings));

/** Names of projects, each once. */
export const projectNames = (random: Random, count: number): string[] => {
  const kinds = ["", "专项", "补助资金", "工作经费", "建设项目"];
  const names = undertakings.flatMap((name) => kinds.map((kind) => `${name}${kind}`));
  return random.shuffled(names).slice(0, count);
};

export const indicatorRows = [
  ["产出指标", "数量指标", "完成任务批次", "12批", "12批"],
  ["产出指标", "质量指标", "验收合格率", "100%", "100%"],
  ["产出指标", "时效指标", "按期办结率", "≥95%", "97%"],
  ["产出指标", "成本指标", "单位成本", "≤3万元", "2.8万元"],
  ["效益指标", "社会效益指标", "受益群众人数", "≥800人", "912人"],
  ["效益指标", "可持续影响指标", "管理制度健全程度", "健全", "健全"],
  ["满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%", "94%"],
] as const;

export const deviations = [
  "受汛期影响，部分任务延至次年一季度，已调整计划",
  "参与单位报送材料较晚，今后提前下发通知",
  "问卷回收偏少，下年扩大样本范围",
] as const;

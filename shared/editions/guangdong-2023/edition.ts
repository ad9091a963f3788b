import { listedTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { national2023 } from "../national-2023/edition.ts";

/** “三公” comes seventh and is compared with the full-year budget; percentages have one decimal. */
export const guangdong2023 = derivedEdition(national2023.data, {
  id: "guangdong-2023",
  name: "广东省2023年度部门决算公开",
  year: 2023,
  words: { places: ["广东"] },
  figures: { percentDecimals: 1, zeroBase: "--（基数为0，不可比）" },
  forms: {
    t09: { number: "公开07表" },
    t07: { number: "公开08表" },
    t08: { number: "公开09表" },
    $order: ["t01", "t02", "t03", "t04", "t05", "t06", "t09", "t07", "t08", "t10"],
  },
  sentences: {
    quantities: {
      "“三公”经费全年预算": "t09/total/full",
      "因公出国（境）费全年预算": "t09/abroad/full",
      公务用车购置及运行维护费全年预算: "t09/vehicles/full",
      公务用车购置全年预算: "t09/vehicle_purchase/full",
      公务用车运行维护费全年预算: "t09/vehicle_running/full",
      公务接待费全年预算: "t09/reception/full",
    },
    narrative: {
      three_public: {
        paragraphs: {
          1: {
            sentences: {
              "three_public.budget": {
                text: [
                  "{机构名称}{年}年度“三公”经费财政拨款支出决算为{金额 “三公”经费支出决算}",
                  "{完成 “三公”经费支出 “三公”经费全年预算 全年预算 列预算数}",
                  "{较上年 “三公”经费财政拨款}。其中：",
                  "因公出国（境）费支出决算为{金额 因公出国（境）费支出}",
                  "{完成 因公出国（境）费支出 因公出国（境）费全年预算 预算 列预算数}",
                  "{较上年 因公出国（境）费支出}；",
                  "公务用车购置及运行维护费支出决算为{金额 公务用车购置及运行维护费支出}",
                  "{完成 公务用车购置及运行维护费支出 公务用车购置及运行维护费全年预算 预算 列预算数}",
                  "{较上年 公务用车购置及运行维护费支出}，",
                  "其中：公务用车购置支出决算为{金额 公务用车购置支出}",
                  "{完成 公务用车购置支出 公务用车购置全年预算 预算 列预算数}",
                  "{较上年 公务用车购置支出}；",
                  "公务用车运行维护费支出决算为{金额 公务用车运行维护支出}",
                  "{完成 公务用车运行维护支出 公务用车运行维护费全年预算 预算 列预算数}",
                  "{较上年 公务用车运行维护支出}；",
                  "公务接待费支出决算为{金额 公务接待费支出}",
                  "{完成 公务接待费支出 公务接待费全年预算 预算 列预算数}{较上年 公务接待费支出}。",
                  "{若 有差异 “三公”经费支出 “三公”经费全年预算}",
                  "{年}年度“三公”经费支出决算",
                  "{比较 “三公”经费支出 “三公”经费全年预算 大于/小于}",
                  "{原因 three_public.total.budget “三公”经费支出",
                  " 比=“三公”经费全年预算 称=全年预算数 引=预算数的主要情况：}。{完}",
                ],
              },
              "three_public.prior": {
                when: "可较上年 “三公”经费财政拨款",
                text: [
                  "{年}年度“三公”经费支出决算",
                  "{较上年 “三公”经费财政拨款 引= 只写差额}",
                  "{原因 three_public.total.prior “三公”经费财政拨款 引=的主要情况：}。",
                ],
              },
            },
          },
        },
      },
    },
  },
  sources: {
    documents: {
      finance: {
        title: "2023年广东省财政厅一般公共预算财政拨款“三公”经费支出决算情况说明",
        address: "http://czt.gd.gov.cn/sgjf/content/post_4484831.html",
      },
      zhanjiang: {
        title: "2021年湛江市人民政府行政服务中心部门决算",
        address: "https://gosugo.com/zdlyxxgk/czyjshsg/bmyjs/bmjs/2021/content/post_1669527.html",
      },
    },
    layout: [
      { printed: "finance", note: "百分比一位小数，基数为零写“--（基数为0，不可比）”" },
      { listed: "zhanjiang", note: "第七至九表的次序（2021年度）" },
    ],
    tables: {
      ...listedTables("zhanjiang", "t01", "t02", "t03", "t04", "t05"),
      t07: [{ listed: "zhanjiang", note: "表号" }],
      t08: [{ listed: "zhanjiang", note: "表号" }],
      t09: [
        {
          listed: "zhanjiang",
          note: "表号；2021年度题为“一般公共预算财政拨款‘三公’经费支出决算表”",
        },
      ],
    },
    sentences: {
      "three_public.budget": { printed: "finance" },
      "three_public.prior": { printed: "finance", note: "与上年比较的主要情况" },
    },
  },
});

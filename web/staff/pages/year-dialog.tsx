import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useState } from "react";
import { z } from "zod";
import type { yearResponse } from "../../../shared/contract/responses.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import type { ReminderRule } from "../../../shared/registry/registry.ts";
import { yearLater } from "../../../shared/workflow/deadlines.ts";
import type { YearDeadlines } from "../../../shared/workflow/turn.ts";
import { YearCalendar } from "../season/year-calendar.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";

export type Year = z.infer<typeof yearResponse>;

const yearFormSchema = z.object({
  edition: z.string().optional(),
  year: z.string().optional(),
  unitDue: z.string().optional(),
  departmentDue: z.string().optional(),
  bureauDue: z.string().optional(),
  publishDue: z.string().optional(),
  daily: z.enum(["yes", "no"]).optional(),
  headAfter: z.string().optional(),
  departmentAfter: z.string().optional(),
  bureauAfter: z.string().optional(),
});
type YearForm = z.infer<typeof yearFormSchema>;

/** 催办 where a year says nothing else: daily, and those above learn of it on the first day. */
const usualReminders: ReminderRule = {
  daily: true,
  headAfter: 1,
  departmentAfter: 1,
  bureauAfter: 1,
};

const remindersForm = ({
  daily,
  headAfter = 1,
  departmentAfter,
  bureauAfter,
}: ReminderRule = usualReminders) => ({
  daily: daily ? ("yes" as const) : ("no" as const),
  headAfter: String(headAfter),
  ...{ departmentAfter: String(departmentAfter), bureauAfter: String(bureauAfter) },
});

const storedYear = ({
  edition,
  unitDue,
  departmentDue,
  bureauDue,
  publishDue,
  reminders,
}: Year): YearForm => ({
  edition,
  ...{ unitDue, departmentDue, bureauDue },
  ...omitUndefined({ publishDue }),
  ...remindersForm(reminders),
});

/** The year after the latest one, in the edition that follows its own, with its dates and reminders a year later. */
function proposedYear(
  years: readonly Year[],
  editions: readonly { id: string; year: number }[],
): YearForm {
  const latest = [...years].sort((a, b) => b.year - a.year)[0];
  if (latest === undefined) return remindersForm();
  const year = latest.year + 1;
  const familyOf = (id: string) => /^[a-z]+/u.exec(id)?.[0];
  const ofYear = editions.filter((edition) => edition.year === year);
  const edition =
    ofYear.find(({ id }) => id.includes(".")) ??
    ofYear.find(({ id }) => familyOf(id) === familyOf(latest.edition));
  return {
    year: String(year),
    ...omitUndefined({ edition: edition?.id }),
    unitDue: yearLater(latest.unitDue),
    departmentDue: yearLater(latest.departmentDue),
    bureauDue: yearLater(latest.bureauDue),
    ...(latest.publishDue !== undefined && { publishDue: yearLater(latest.publishDue) }),
    ...remindersForm(latest.reminders),
  };
}

/** The dates once all of them are days. */
function readDue(form: YearForm): YearDeadlines | undefined {
  const read = dueSchema.safeParse({
    ...form,
    publishDue: form.publishDue === "" ? undefined : form.publishDue,
  });
  if (!read.success) return undefined;
  const { publishDue, ...due } = read.data;
  return { ...due, ...omitUndefined({ publishDue }) };
}
const dueSchema = z.object({
  unitDue: z.iso.date(),
  departmentDue: z.iso.date(),
  bureauDue: z.iso.date(),
  publishDue: z.iso.date().optional(),
});

/** Opens a year (开启年度), or changes its dates and reminders. */
export function YearDialog({
  region,
  year,
  editions,
  years,
  onClose,
}: {
  region: string;
  year: Year | undefined;
  editions: readonly { id: string; name: string; year: number }[];
  years: readonly Year[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [form] = Form.useForm<YearForm>();
  const kept = useKeptForm(`registry/${region}`, `year/${String(year?.year ?? "")}`, {
    schema: yearFormSchema,
    version: year?.version ?? 0,
    stored: year === undefined ? proposedYear(years, editions) : storedYear(year),
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const save = async ({
    year: typed,
    daily,
    headAfter,
    departmentAfter,
    bureauAfter,
    publishDue = "",
    ...values
  }: YearForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await api.send(
        "PUT",
        `/regions/${region}/years/${String(year?.year ?? typed ?? "")}`,
        {
          ...values,
          ...(publishDue !== "" && { publishDue }),
          status: "open",
          reminders: {
            daily: daily !== "no",
            headAfter: Number(headAfter),
            departmentAfter: Number(departmentAfter),
            bureauAfter: Number(bureauAfter),
          },
          version: kept.version,
        },
        "yearResponse",
      );
      await Promise.all(
        ["years", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      message.success(year === undefined ? "新年度已开启。" : "已保存。");
      kept.clear();
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  const editionYear = (id: string) => editions.find((edition) => edition.id === id)?.year;
  const days = [{ required: true, pattern: /^(?:[1-9]|[1-5]\d|60)$/u, message: "请填写 1 至 60" }];
  const due = [{ required: true, pattern: /^\d{4}-\d\d-\d\d$/u, message: "请填写日期" }];
  return (
    <WritingDialog
      title={year === undefined ? "开启新年度" : `${String(year.year)} 年度`}
      okText={year === undefined ? "开启" : "保存"}
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={kept.initialValues}
        onValuesChange={({ edition }: YearForm) => {
          const wanted = edition === undefined ? undefined : editionYear(edition);
          if (wanted !== undefined && year === undefined)
            form.setFieldsValue({ year: String(wanted) });
          kept.keep(form.getFieldsValue());
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="edition"
          label="报表版式"
          rules={[{ required: true, message: "请选择报表版式" }]}
        >
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={editions.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {year === undefined && (
          <Form.Item
            name="year"
            label="决算年度"
            rules={[
              { required: true, pattern: /^20\d\d$/u, message: "请填写四位年份" },
              {
                validator: (_, value: string) =>
                  years.some((one) => one.year === Number(value))
                    ? Promise.reject(new Error("这个年度已经开启，请在列表中修改"))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input inputMode="numeric" maxLength={4} />
          </Form.Item>
        )}
        <div className="form-row two">
          <Form.Item name="unitDue" label="单位报送期限" rules={due}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="departmentDue" label="部门报送期限" rules={due}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="bureauDue" label="批复期限" rules={due}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="publishDue" label="公开期限（不另定的不填）">
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item noStyle shouldUpdate>
          {() => {
            const due = readDue(form.getFieldsValue());
            return due !== undefined && <YearCalendar due={due} />;
          }}
        </Form.Item>
        <Form.Item name="daily" label="自动催办">
          <Select
            options={[
              { value: "yes", label: "每日：到期前 7、3、1 天，当天和逾期后" },
              { value: "no", label: "不自动催办" },
            ]}
          />
        </Form.Item>
        <div className="form-row">
          <Form.Item name="headAfter" label="逾期几天告知本单位负责人" rules={days}>
            <Input inputMode="numeric" maxLength={2} />
          </Form.Item>
          <Form.Item name="departmentAfter" label="逾期几天告知部门审核人" rules={days}>
            <Input inputMode="numeric" maxLength={2} />
          </Form.Item>
          <Form.Item name="bureauAfter" label="逾期几天告知财政管理员" rules={days}>
            <Input inputMode="numeric" maxLength={2} />
          </Form.Item>
        </div>
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}

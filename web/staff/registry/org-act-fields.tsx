import { Button, Form, Input, Radio, Select, type FormInstance } from "antd";
import type { OrgView } from "../../../shared/contract/responses.ts";
import { newTarget, type ActForm, type WantedAct } from "./org-act-form.ts";

const codeRule = {
  required: true,
  pattern: /^[0-9A-Z]{3,18}$/u,
  message: "请填写 3 到 18 位数字（或大写字母）的代码",
};
const nameRule = { required: true, whitespace: true, message: "请填写机构的全称" };

/** The fields of one kind of change, with the year from which it takes effect and the reason. */
export function ActFields({
  act,
  orgs,
  years,
  form,
}: {
  act: WantedAct;
  orgs: readonly OrgView[];
  years: readonly number[];
  form: FormInstance<ActForm>;
}) {
  const { type, org } = act;
  const isOfOneYear = type === "exempt" || type === "require";
  return (
    <>
      {type === "add" && <AddedFields orgs={orgs} form={form} />}
      {type === "rename" && (
        <Form.Item name="name" label="新名称" rules={[nameRule]}>
          <Input autoComplete="off" maxLength={120} placeholder={org?.name ?? ""} />
        </Form.Item>
      )}
      {type === "move" && (
        <Form.Item
          name="to"
          label="新的主管部门"
          rules={[{ required: true, message: "请选择新的主管部门" }]}
        >
          <OrgSelect orgs={departmentsOf(orgs).filter(({ code }) => code !== org?.parent)} />
        </Form.Item>
      )}
      {type === "split" && <SplitFields />}
      {type === "merge" && <MergeFields org={org} orgs={orgs} form={form} />}
      <div className="form-row two">
        <Form.Item
          name="year"
          label={isOfOneYear ? "年度" : "起始年度（从这一年度的决算起）"}
          rules={[{ required: true, pattern: /^20\d\d$/u, message: "请填写四位年份" }]}
        >
          {years.length === 0 ? (
            <Input autoComplete="off" inputMode="numeric" maxLength={4} />
          ) : (
            <Select
              disabled={type === "restore"}
              options={[Math.max(...years) + 1, ...years].map((year) => ({
                value: String(year),
                label: `${String(year)} 年度`,
              }))}
            />
          )}
        </Form.Item>
        <Form.Item
          name="reason"
          label={type === "exempt" ? "免报原因（公开时写明）" : "原因和依据（如批准文号）"}
          rules={[{ required: true, whitespace: true, min: 2, message: "请写明原因" }]}
        >
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
      </div>
    </>
  );
}

const departmentsOf = (orgs: readonly OrgView[]) =>
  orgs.filter(({ kind, dissolved }) => kind === "department" && dissolved === undefined);

function OrgSelect({
  orgs,
  ...select
}: {
  orgs: readonly OrgView[];
  mode?: "multiple";
  value?: string | string[];
  onChange?: (value: string | string[]) => void;
  id?: string;
}) {
  return (
    <Select
      {...select}
      showSearch={{ optionFilterProp: "label" }}
      options={orgs.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
    />
  );
}

function AddedFields({ orgs, form }: { orgs: readonly OrgView[]; form: FormInstance<ActForm> }) {
  const kind = Form.useWatch("kind", form);
  return (
    <>
      <div className="form-row two">
        <Form.Item name="kind" label="类别">
          <Select
            options={[
              { value: "unit", label: "预算单位" },
              { value: "department", label: "主管部门" },
            ]}
          />
        </Form.Item>
        {kind === "unit" && (
          <Form.Item
            name="parent"
            label="主管部门"
            rules={[{ required: true, message: "请选择主管部门" }]}
          >
            <OrgSelect orgs={departmentsOf(orgs)} />
          </Form.Item>
        )}
      </div>
      <div className="form-row two">
        <Form.Item name="code" label="机构代码" rules={[codeRule, unusedRule(orgs)]}>
          <Input autoComplete="off" maxLength={18} />
        </Form.Item>
        <Form.Item name="name" label="机构名称" rules={[nameRule]}>
          <Input autoComplete="off" maxLength={120} />
        </Form.Item>
      </div>
    </>
  );
}

const unusedRule = (orgs: readonly OrgView[]) => ({
  validator: (_: unknown, value: string) =>
    orgs.some(({ code }) => code === value)
      ? Promise.reject(new Error("这个代码已经登记，代码不能重复使用"))
      : Promise.resolve(),
});

function SplitFields() {
  return (
    <>
      <Form.Item name="stays" label="原单位">
        <Radio.Group
          options={[
            { value: "yes", label: "保留，分出新单位" },
            { value: "no", label: "不保留，由新单位承接" },
          ]}
        />
      </Form.Item>
      <fieldset className="roles">
        <legend>分立出的单位</legend>
        <Form.List name="parts">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }, index) => (
                <div className="role-row" key={key}>
                  <Form.Item name={[name, "code"]} rules={[codeRule]}>
                    <Input
                      aria-label={`第 ${String(index + 1)} 个单位的代码`}
                      placeholder="代码"
                      maxLength={18}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "name"]} rules={[nameRule]}>
                    <Input
                      aria-label={`第 ${String(index + 1)} 个单位的名称`}
                      placeholder="全称"
                      maxLength={120}
                    />
                  </Form.Item>
                  {fields.length > 1 && (
                    <Button type="text" onClick={() => remove(name)}>
                      去掉
                    </Button>
                  )}
                </div>
              ))}
              <Button size="small" onClick={() => add({})}>
                再分出一个
              </Button>
            </>
          )}
        </Form.List>
      </fieldset>
    </>
  );
}

function MergeFields({
  org,
  orgs,
  form,
}: {
  org: OrgView | undefined;
  orgs: readonly OrgView[];
  form: FormInstance<ActForm>;
}) {
  const into = Form.useWatch("into", form);
  const others = Form.useWatch("others", form) ?? [];
  const same = orgs.filter(({ kind, dissolved }) => kind === org?.kind && dissolved === undefined);
  const candidates = same.filter(({ code }) => code === org?.code || others.includes(code));
  return (
    <>
      <Form.Item
        name="others"
        label={`与“${org?.name ?? ""}”合并的机构`}
        rules={[{ required: true, message: "请选择一起合并的机构" }]}
      >
        <OrgSelect mode="multiple" orgs={same.filter(({ code }) => code !== org?.code)} />
      </Form.Item>
      <Form.Item name="into" label="合并为" rules={[{ required: true, message: "请选择" }]}>
        <Select
          options={[
            ...candidates.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
            { value: newTarget, label: "新设的机构" },
          ]}
        />
      </Form.Item>
      {into === newTarget && (
        <div className="form-row two">
          <Form.Item name="code" label="新机构代码" rules={[codeRule, unusedRule(orgs)]}>
            <Input autoComplete="off" maxLength={18} />
          </Form.Item>
          <Form.Item name="name" label="新机构名称" rules={[nameRule]}>
            <Input autoComplete="off" maxLength={120} />
          </Form.Item>
        </div>
      )}
    </>
  );
}

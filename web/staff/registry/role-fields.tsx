import { Button, Form, Select } from "antd";
import { roleName } from "../../../shared/workflow/roles.ts";

const roles = Object.entries(roleName).map(([value, label]) => ({ value, label }));

/** Roles of a person, each at a node; fields of a form whose `memberships` they are. */
export function RoleFields({
  orgs,
  isOwn = false,
}: {
  orgs: readonly { readonly code: string; readonly name: string }[];
  /** One's own are shown and not to be changed. */
  isOwn?: boolean;
}) {
  const nodes = orgs.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
  return (
    <fieldset className="roles" disabled={isOwn}>
      <legend>岗位</legend>
      <Form.List name="memberships">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, index) => (
              <div className="role-row" key={key}>
                <Form.Item
                  name={[name, "role"]}
                  rules={[{ required: true, message: "请选择岗位" }]}
                >
                  <Select
                    aria-label={`第 ${String(index + 1)} 个岗位`}
                    placeholder="岗位"
                    options={roles}
                    disabled={isOwn}
                  />
                </Form.Item>
                <Form.Item
                  name={[name, "orgCode"]}
                  rules={[{ required: true, message: "请选择单位" }]}
                >
                  <Select
                    aria-label={`第 ${String(index + 1)} 个岗位所在的单位`}
                    placeholder="单位"
                    options={nodes}
                    showSearch={{ optionFilterProp: "label" }}
                    disabled={isOwn}
                  />
                </Form.Item>
                {!isOwn && (
                  <Button
                    type="text"
                    aria-label={`去掉第 ${String(index + 1)} 个岗位`}
                    onClick={() => remove(name)}
                  >
                    去掉
                  </Button>
                )}
              </div>
            ))}
            {!isOwn && (
              <Button size="small" onClick={() => add({})}>
                增加岗位
              </Button>
            )}
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

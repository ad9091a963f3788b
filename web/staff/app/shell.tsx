import { LogoutOutlined } from "@ant-design/icons";
import { Link, Outlet } from "@tanstack/react-router";
import { Button, Layout } from "antd";
import { useYears } from "../api/queries.ts";
import { useSigned } from "./session-context.ts";
import { roleName } from "../../../shared/workflow/names.ts";
import "./shell.css";

/** The frame of every page: where I am, who I am, and the way out. */
export function Shell() {
  const { me, session } = useSigned();
  const region = me.regions[0];
  const first = region?.memberships[0];
  return (
    <Layout className="shell">
      <a className="skip-link" href="#main">
        跳到正文
      </a>
      <Layout.Header className="shell-header">
        <Link to="/" className="brand">
          <span className="brand-mark" aria-hidden>
            决
          </span>
          决算编审
        </Link>
        <nav aria-label="主导航">
          <Link to="/" activeOptions={{ exact: true }}>
            待办
          </Link>
          {region !== undefined && <ProgressLinks region={region.region} />}
          <a href={session.config.portalUrl} target="_blank" rel="noreferrer">
            公开门户
          </a>
        </nav>
        <div className="who">
          <span>
            {me.name}
            <small>{first === undefined ? "" : `${first.orgName} · ${roleName[first.role]}`}</small>
          </span>
          <Button
            type="text"
            aria-label="退出登录"
            icon={<LogoutOutlined />}
            onClick={() => void session.signOut()}
          />
        </div>
      </Layout.Header>
      <Layout.Content id="main" className="shell-content">
        <Outlet />
      </Layout.Content>
    </Layout>
  );
}

function ProgressLinks({ region }: { region: string }) {
  const years = useYears(region);
  return years.data?.items
    .filter((year) => year.status === "open")
    .map(({ year }) => (
      <Link key={year} to="/progress/$region/$year" params={{ region, year: String(year) }}>
        {year} 年进度
      </Link>
    ));
}

import { KeyOutlined, LogoutOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Button } from "antd";
import { roleName, roleOf } from "../../../shared/workflow/roles.ts";
import { useYears } from "../api/queries.ts";
import { NoticeBell } from "./notice-bell.tsx";
import { chooseAppearance, useAppearance } from "./appearance.ts";
import { useSigned } from "./session-context.ts";
import "./shell.css";

/** The frame of every page: where I am, who I am, and the way out. */
export function Shell() {
  const { me, session } = useSigned();
  const queries = useQueryClient();
  const memberships = me.regions.flatMap((region) => region.memberships);
  const [first] = memberships;
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        跳到正文
      </a>
      <header className="shell-header">
        <Link to="/" className="brand">
          <span className="brand-mark" aria-hidden>
            决
          </span>
          决算编审
        </Link>
        <nav aria-label="主导航">
          <Link
            to="/"
            activeOptions={{ exact: true, includeSearch: false }}
            onClick={() => void queries.invalidateQueries({ queryKey: ["worklist"] })}
          >
            待办
          </Link>
          {me.regions.map(({ region, regionName, memberships }) => {
            const prefix = me.regions.length > 1 ? `${regionName} ` : "";
            return (
              <span key={region} className="region-links">
                <ProgressLinks region={region} prefix={prefix} />
                {memberships.some(({ role }) => roleOf(role).registry === "keeps") && (
                  <>
                    <Link to="/registry/$region" params={{ region }}>
                      {prefix}年度与单位
                    </Link>
                    <Link to="/editions/$region" params={{ region }}>
                      {prefix}版式
                    </Link>
                  </>
                )}
                {memberships.some(({ role }) => roleOf(role).registry !== "none") && (
                  <Link to="/audit/$region" params={{ region }} activeOptions={{ exact: true }}>
                    {prefix}审计
                  </Link>
                )}
              </span>
            );
          })}
          <a href={session.config.portalUrl} target="_blank" rel="noreferrer">
            公开门户
          </a>
        </nav>
        <div className="who">
          <span>
            {me.name}
            {first !== undefined && (
              <small>
                {first.orgName} {roleName[first.role]}
                {memberships.length > 1 && ` 等 ${String(memberships.length)} 个岗位`}
              </small>
            )}
          </span>
          <NoticeBell />
          <AppearanceButton />
          {session.config.accountUrl !== undefined && (
            <Button
              type="text"
              aria-label="修改口令"
              title="修改口令"
              icon={<KeyOutlined />}
              href={`${session.config.accountUrl}/password`}
            />
          )}
          <Button
            type="text"
            aria-label="退出登录"
            title="退出登录"
            icon={<LogoutOutlined />}
            onClick={() => void session.signOut()}
          />
        </div>
      </header>
      <main id="main" className="shell-content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function AppearanceButton() {
  const isDark = useAppearance() === "dark";
  return (
    <Button
      type="text"
      aria-label="深色显示"
      aria-pressed={isDark}
      title={isDark ? "改为浅色显示" : "改为深色显示"}
      icon={isDark ? <SunOutlined /> : <MoonOutlined />}
      onClick={() => chooseAppearance(isDark ? "light" : "dark")}
    />
  );
}

function ProgressLinks({ region, prefix }: { region: string; prefix: string }) {
  const years = useYears(region);
  return years.data?.items
    .filter((year) => year.status === "open")
    .map(({ year }) => (
      <Link key={year} to="/progress/$region/$year" params={{ region, year: String(year) }}>
        {prefix}
        {year} 年度进度
      </Link>
    ));
}

import { BellOutlined } from "@ant-design/icons";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { unreadCounted } from "../../../shared/workflow/notices.ts";
import { unreadQuery } from "../api/notices.ts";
import { useSigned } from "./session-context.ts";

/** The way to one's notices (通知), with how many are unread. */
export function NoticeBell() {
  const { api, me } = useSigned();
  const counts = useQueries({ queries: me.regions.map(({ region }) => unreadQuery(api, region)) });
  const unread = counts.reduce((sum, { data }) => sum + (data?.unread ?? 0), 0);
  const shown = unread > unreadCounted ? `${String(unreadCounted)}+` : String(unread);
  return (
    <Link
      to="/notices"
      className="bell"
      aria-label={unread === 0 ? "通知" : `通知，${shown} 条未读`}
    >
      <BellOutlined aria-hidden />
      {unread > 0 && (
        <span className="bell-count" aria-hidden>
          {shown}
        </span>
      )}
    </Link>
  );
}

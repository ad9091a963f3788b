import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { NoticeKind } from "../../../shared/workflow/notices.ts";
import { useSigned } from "../app/session-context.ts";
import type { ApiClient } from "./client.ts";

/** Between two looks at whether anything new came, while the page is in sight. */
const lookEveryMs = 60_000;

export const unreadQuery = (api: ApiClient, region: string) => ({
  queryKey: ["unread", region],
  queryFn: () => api.get(`/regions/${region}/notices/unread`, "unreadResponse"),
  staleTime: 0,
  refetchInterval: lookEveryMs,
});

/** A person's notices (通知), page by page, latest first. */
export function useNotices(region: string) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["notices", region],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/notices${pageParam === "" ? "" : `?after=${encodeURIComponent(pageParam)}`}`,
        "noticesResponse",
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
}

/** Marks notices as read; the bell follows at once. */
export function useMarkRead(region: string) {
  const { api } = useSigned();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly ids: readonly string[] } | { readonly all: true }) =>
      api.send("POST", `/regions/${region}/notices/read`, body, "unreadResponse"),
    onSuccess: async (unread) => {
      queries.setQueryData(["unread", region], unread);
      await queries.invalidateQueries({ queryKey: ["notices", region] });
    },
  });
}

/** Chooses about which kinds no letters go out. */
export function useChoosePageOnly(region: string) {
  const { api } = useSigned();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (pageOnly: readonly NoticeKind[]) =>
      api.send(
        "PUT",
        `/regions/${region}/notices/preferences`,
        { pageOnly },
        "noticePreferencesResponse",
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notices", region] }),
  });
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SeasonFilter } from "../../../shared/progress/season.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { countedEdition } from "../../../shared/editions/counted-edition.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { message, modal } from "../app/feedback.tsx";
import type { AuditSearch } from "../audit/audit-search.ts";
import { useSigned } from "../app/session-context.ts";
import { ApiRefusal, type Answer, type AnswerName, type ApiClient } from "./client.ts";

/** What the pages ask the server; one key a resource, so that an act refreshes just what it changed. */

function useResource<Name extends AnswerName>(
  key: readonly unknown[],
  path: string,
  answer: Name,
  options: { enabled?: boolean; refetchInterval?: number; staleTime?: number } = {},
) {
  const { api } = useSigned();
  return useQuery({ queryKey: key, queryFn: () => api.get(path, answer), ...options });
}

/** What waits for a person page by page; the first page has what they may open and follow. */
export function useWorklist(region: string) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["worklist", region],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/worklist?limit=50${pageParam === "" ? "" : `&after=${encodeURIComponent(pageParam)}`}`,
        "worklistResponse",
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
    // All pages are read again: a long list is looked at less often.
    refetchInterval: ({ state }) => 20_000 * Math.max(1, state.data?.pages.length ?? 1),
  });
}

export const useYears = (region: string) =>
  useResource(["years", region], `/regions/${region}/years`, "yearsResponse");

/** An edition says all of a report's forms and words: fetched once, and kept while the app is open. */
export function useEdition(id: string | undefined) {
  const { api } = useSigned();
  return useQuery({
    queryKey: ["edition", id],
    queryFn: async () =>
      countedEdition(await api.get(`/editions/${id ?? ""}`, "editionDataResponse")),
    enabled: id !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** Editions (版式) that a year of the region can be opened with: those shipped, and its own in use. */
export const useOfferedEditions = (region: string) =>
  useResource(
    ["own-editions", region, "offered"],
    `/regions/${region}/editions`,
    "editionListResponse",
  );

type PagedName = "orgsResponse" | "membersResponse" | "invitationsResponse";

/** A list that is fetched page by page, and shown when all of it is loaded. */
function useWholeList<Name extends PagedName>(key: readonly unknown[], path: string, answer: Name) {
  const { api } = useSigned();
  return useQuery({
    queryKey: key,
    queryFn: async () => {
      const items: Answer<Name>["items"][number][] = [];
      let after: string | undefined;
      do {
        const from = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
        const page = await api.get(`${path}?limit=100${from}`, answer);
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      return { items };
    },
  });
}

export const useOrgs = (region: string) =>
  useWholeList(["orgs", region], `/regions/${region}/orgs`, "orgsResponse");

export const useMembers = (region: string) =>
  useWholeList(["members", region], `/regions/${region}/members`, "membersResponse");

/** Reports that wait at a node, by the role they wait for. */
export const useWaiting = (region: string, orgCode: string) =>
  useResource(
    ["registry", region, "waiting", orgCode],
    `/regions/${region}/orgs/${orgCode}/waiting`,
    "waitingResponse",
  );

/** Looked at now and then: another administrator may be importing. */
export const useImportState = (region: string) =>
  useResource(
    ["registry", region, "import"],
    `/regions/${region}/registry-imports`,
    "importStateResponse",
    shared,
  );

export const useGrants = (region: string) =>
  useResource(["grants", region], `/regions/${region}/grants`, "grantsResponse", shared);

export const useInvitations = (region: string) =>
  useWholeList(["invitations", region], `/regions/${region}/invitations`, "invitationsResponse");

export function useRegistryEvents(region: string) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["registry", region, "events"],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/registry/events?limit=20${
          pageParam === undefined ? "" : `&after=${encodeURIComponent(pageParam)}`
        }`,
        "registryEventsResponse",
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export const useRegistryVerification = (region: string) =>
  useResource(
    ["registry", region, "verification"],
    `/regions/${region}/registry/verification`,
    "registryVerificationResponse",
  );

/** Departments page by page; the first page has the sums. */
export function useProgress(region: string, year: number) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["progress", region, year],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/years/${String(year)}/progress?limit=100${pageParam === "" ? "" : `&after=${encodeURIComponent(pageParam)}`}`,
        "progressResponse",
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

export const useDepartmentProgress = (
  place: { readonly region: string; readonly year: number; readonly department: string },
  { enabled }: { readonly enabled: boolean },
) =>
  useResource(
    ["progress", place.region, place.year, place.department],
    `/regions/${place.region}/years/${String(place.year)}/progress/${place.department}`,
    "departmentProgressResponse",
    { enabled },
  );

/** Nodes of a year that match, page by page. */
export function useSeasonRows(
  region: string,
  year: number,
  { state, stage, having, text }: SeasonFilter,
) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["progress", region, year, "nodes", { state, stage, having, text }],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams(
        omitUndefined({ state, stage, having, text, after: pageParam }),
      );
      return api.get(
        `/regions/${region}/years/${String(year)}/nodes?${query.toString()}`,
        "seasonRowsResponse",
      );
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export const useSeasonRules = (region: string, year: number, enabled: boolean) =>
  useResource(
    ["progress", region, year, "rules"],
    `/regions/${region}/years/${String(year)}/rules`,
    "seasonRulesResponse",
    { enabled },
  );

/** Reports that a rule has hit, page by page. */
export function useRuleHits(region: string, year: number, rule: string) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["progress", region, year, "rules", rule],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/years/${String(year)}/rules/${rule}${
          pageParam === undefined ? "" : `?after=${encodeURIComponent(pageParam)}`
        }`,
        "ruleHitsResponse",
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

/** The address of a year's workbook, with what is looked for. */
export const seasonWorkbookPath = (
  region: string,
  year: number,
  { state, stage, having, text }: SeasonFilter,
): string => {
  const query = new URLSearchParams(omitUndefined({ state, stage, having, text }));
  return `/regions/${region}/years/${String(year)}/workbook?${query.toString()}`;
};

export const useSeasonDays = (region: string, year: number, enabled: boolean) =>
  useResource(
    ["progress", region, year, "days"],
    `/regions/${region}/years/${String(year)}/days`,
    "seasonDaysResponse",
    { enabled },
  );

/** Reports that wait for the bureau's approval, page by page, as they are now. */
export function useApprovalsWaiting(region: string, year: number) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["approvals", region, year],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/years/${String(year)}/approvals?limit=20${
          pageParam === undefined ? "" : `&after=${encodeURIComponent(pageParam)}`
        }`,
        "approvalsWaitingResponse",
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
}

/** The audit log between two days, as far as it matches, page by page. */
export function useAuditLog(region: string, search: AuditSearch) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["audit", region, "events", search],
    queryFn: ({ pageParam }) =>
      api.get(auditLogPath(region, search, pageParam), "auditEntriesResponse"),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export const auditLogPath = (region: string, search: AuditSearch, after?: string): string => {
  const query = new URLSearchParams(omitUndefined({ ...search, after, limit: "100" }));
  return `/regions/${region}/events?${query.toString()}`;
};

/** A year's reports verified page by page: each page is fetched on demand. */
export function useAudit(region: string, year: number) {
  const { api } = useSigned();
  return useInfiniteQuery({
    queryKey: ["audit", region, year],
    queryFn: ({ pageParam }) =>
      api.get(
        `/regions/${region}/years/${String(year)}/audit?limit=25${pageParam === "" ? "" : `&after=${encodeURIComponent(pageParam)}`}`,
        "auditResponse",
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

/** Others act on the report too: it is read anew on every page, and now and then while one stays open. */
const shared = { staleTime: 0, refetchInterval: 20_000 };

export const useReport = (id: string) =>
  useResource(["report", id], `/reports/${id}`, "reportResponse", shared);

export const useFindings = (id: string) =>
  useResource(["report", id, "findings"], `/reports/${id}/findings`, "findingsResponse");

export const useThreads = (id: string) =>
  useResource(["report", id, "threads"], `/reports/${id}/threads`, "threadsResponse", shared);

/**
 * The version up to which report and remarks are on the screen: a verdict names it, so that a remark
 * made since refuses it and is shown first.
 */
export function useSeenVersion({ id, version }: { readonly id: string; readonly version: number }) {
  const threads = useThreads(id);
  return Math.min(version, threads.data?.reportVersion ?? version);
}

export const useEvents = (id: string) =>
  useResource(["report", id, "events"], `/reports/${id}/events?limit=100`, "eventsResponse");

export const useVerification = (id: string) =>
  useResource(
    ["report", id, "verification"],
    `/reports/${id}/events/verification`,
    "verificationResponse",
  );

/** What differs from a base of comparison in the content that `editionHash` names. */
export const useDiff = (id: string, from: string | undefined, editionHash: string) =>
  useResource(
    ["report", id, "diff", from, editionHash],
    `/reports/${id}/diff?from=${from ?? ""}`,
    "diffResponse",
    {
      enabled: from !== undefined,
    },
  );

export const usePriorYear = (id: string, enabled = true) =>
  useResource(["report", id, "prior-year"], `/reports/${id}/prior-year`, "priorYearResponse", {
    enabled,
  });

export const useConsolidation = (id: string) =>
  useResource(
    ["report", id, "consolidation"],
    `/reports/${id}/consolidation`,
    "consolidationResponse",
  );

export const useConsolidatedCell = (id: string, cell: string | undefined) =>
  useResource(
    ["report", id, "consolidation", cell],
    `/reports/${id}/consolidation/cells?cell=${encodeURIComponent(cell ?? "")}`,
    "consolidatedCellResponse",
    { enabled: cell !== undefined },
  );

/** Asks again every two seconds while the PDF is printed and the pages are written. */
export function usePublication(id: string, waiting: boolean) {
  return useResource(
    ["report", id, "publication"],
    `/reports/${id}/publication`,
    "publicationResponse",
    waiting ? { refetchInterval: 2_000 } : {},
  );
}

/** What the public will read of the correction under way, as the draft is now. */
export const usePublicNotice = ({ id, editionHash }: { id: string; editionHash: string }) =>
  useResource(
    ["report", id, "public-notice", editionHash],
    `/reports/${id}/public-notice`,
    "publicNoticeResponse",
  );

/** A section of a report as it is stored. */
export const sectionQuery = <Id extends SectionId>(
  api: ApiClient,
  reportId: string,
  section: Id,
) => ({
  queryKey: ["report", reportId, "section", section],
  queryFn: async () => {
    const answer = await api.get(`/reports/${reportId}/sections/${section}`, "sectionResponse");
    return { ...answer, value: answer.value as Sections[Id] };
  },
});

export function useSection<Id extends SectionId>(reportId: string, section: Id) {
  const { api } = useSigned();
  return useQuery(sectionQuery(api, reportId, section));
}

/** An act on a report (submit, approve, comment …): sends it, shows the outcome, refreshes the report. */
export function useAct<Body, Name extends AnswerName>(
  reportId: string,
  path: string,
  answer: Name,
  done?: string,
) {
  const { api } = useSigned();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => api.send("POST", `/reports/${reportId}${path}`, body, answer),
    onSuccess: async () => {
      if (done !== undefined) message.success(done);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["report", reportId] }),
        queries.invalidateQueries({ queryKey: ["worklist"] }),
      ]);
    },
    onError: (error) => {
      modal.warning({ title: "没有完成", content: refusalText(error) });
      void queries.invalidateQueries({ queryKey: ["report", reportId] });
    },
  });
}

/** Explains a warning; the refusal is shown where the reason was typed. */
export const useExplain = (reportId: string) =>
  useExplanations(reportId, (api, request: { finding: string; reason: string }) =>
    api.send("POST", `/reports/${reportId}/explanations`, request, "savedSectionResponse"),
  );

export const useWithdrawExplanation = (reportId: string) =>
  useExplanations(reportId, (api, explanation: string) =>
    api.send(
      "DELETE",
      `/reports/${reportId}/explanations/${explanation}`,
      undefined,
      "savedSectionResponse",
    ),
  );

function useExplanations<Request>(
  reportId: string,
  act: (api: ApiClient, request: Request) => Promise<unknown>,
) {
  const { api } = useSigned();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: Request) => act(api, request),
    onSettled: () => queries.invalidateQueries({ queryKey: ["report", reportId] }),
  });
}

/** Why something was not done, in a sentence. */
export const refusalText = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : "连接服务时出错，请重试。";

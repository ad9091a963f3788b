import { submissionFolder, type PublicationEntry } from "../../shared/disclosure/catalogue.ts";

/** What an installation says about itself; facts that are not known stay unset and are never made up. */
export interface PortalSettings {
  /** Address of the portal without a slash at its end, e.g. https://jsgk.example.gov.cn. */
  readonly baseUrl: string;
  /** Puts a region below a folder of its own, e.g. `/360200`; empty for the only region. */
  readonly pathPrefix: string;
  readonly siteName: string;
  /** 主办单位. */
  readonly organiser?: string;
  /** 政府网站标识码. */
  readonly siteIdCode?: string;
  /** ICP 备案编号. */
  readonly icpNumber?: string;
  /** 公安机关备案号. */
  readonly policeNumber?: string;
  /** 联系方式. */
  readonly contact?: string;
  /** Address of “我为政府网站找错”. */
  readonly faultReportUrl?: string;
}

/** The settings with the address of the stylesheet, which carries a hash of its content. */
export interface PortalSite extends PortalSettings {
  readonly stylesheet: string;
}

type Place = Pick<PortalSettings, "pathPrefix">;

/** Permanent addresses; a published one never moves. Folders end in a slash and hold an index.html. */
export const homePath = ({ pathPrefix }: Place): string => `${pathPrefix}/`;
export const yearPath = (place: Place, year: number): string =>
  `${homePath(place)}${String(year)}/`;
export const reportPath = (place: Place, year: number, orgCode: string): string =>
  `${yearPath(place, year)}${orgCode}/`;
export const submissionPath = (
  place: Place,
  year: number,
  orgCode: string,
  folder: string,
): string => `${reportPath(place, year, orgCode)}editions/${folder}/`;
/** Where a publication stays, whatever follows it. */
export const submissionAddress = (
  place: Place,
  { year, orgCode, editionHash }: Pick<PublicationEntry, "year" | "orgCode" | "editionHash">,
): string => submissionPath(place, year, orgCode, submissionFolder(editionHash));
/** 审核情况 of the submission in a folder. */
export const checksPath = (folder: string): string => `${folder}checks/`;
export const orgPath = (place: Place, orgCode: string): string =>
  `${homePath(place)}org/${orgCode}/`;
/** A department of a year: its own report and those of its units. */
export const departmentPath = (place: Place, departmentCode: string, year: number): string =>
  `${orgPath(place, departmentCode)}${String(year)}/`;
/** One part of its units, where they are too many for one page; `prefix` as in the catalogue. */
export const departmentPartPath = (
  place: Place,
  { departmentCode, year, prefix }: { departmentCode: string; year: number; prefix: string },
): string =>
  `${departmentPath(place, departmentCode, year)}${prefix.slice(departmentCode.length + 1)}/`;
/** One part of a year's departments, where they are too many for the year's page. */
export const departmentListPath = (place: Place, year: number, prefix: string): string =>
  `${homePath(place)}list/${String(year)}/${prefix}/`;
export const aboutPath = (place: Place): string => `${homePath(place)}about/`;
export const feedPath = (place: Place): string => `${homePath(place)}feed.xml`;
export const siteMapPath = (place: Place): string => `${homePath(place)}sitemap.xml`;
export const siteMapPagesPath = (place: Place): string => `${homePath(place)}sitemaps/pages.xml`;
export const siteMapPartPath = (place: Place, year: number, prefix: string): string =>
  `${homePath(place)}sitemaps/${String(year)}${suffix(prefix)}.xml`;
export const catalogueFilePath = (place: Place, year: number): string =>
  `${homePath(place)}catalogue/${String(year)}.json`;
export const cataloguePartPath = (place: Place, year: number, prefix: string): string =>
  `${homePath(place)}catalogue/${String(year)}/part${suffix(prefix)}.json`;

/** The part that holds everything has no beginning to be named by. */
const suffix = (prefix: string): string => (prefix === "" ? "" : `-${prefix}`);

/** 2023-09-15T02:30:00Z → 2023-09-15 10:30, Asia/Shanghai, which keeps no summer time. */
export function shanghaiTime(at: string): string {
  const shifted = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

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

type PathSettings = Pick<PortalSettings, "pathPrefix">;

/** Permanent addresses; a published one never moves. Folders end in a slash and hold an index.html. */
export const homePath = ({ pathPrefix }: PathSettings): string => `${pathPrefix}/`;
export const yearPath = (settings: PathSettings, year: number): string =>
  `${homePath(settings)}${String(year)}/`;
export const reportPath = (settings: PathSettings, year: number, orgCode: string): string =>
  `${yearPath(settings, year)}${orgCode}/`;
export const submissionPath = (
  settings: PathSettings,
  year: number,
  orgCode: string,
  folder: string,
): string => `${reportPath(settings, year, orgCode)}editions/${folder}/`;
/** Where a publication stays, whatever follows it. */
export const submissionAddress = (
  settings: PathSettings,
  { year, orgCode, editionHash }: Pick<PublicationEntry, "year" | "orgCode" | "editionHash">,
): string => submissionPath(settings, year, orgCode, submissionFolder(editionHash));
/** 审核情况 of the submission in a folder. */
export const checksPath = (folder: string): string => `${folder}checks/`;
export const orgPath = (settings: PathSettings, orgCode: string): string =>
  `${homePath(settings)}org/${orgCode}/`;
/** A department of a year: its own report and those of its units. */
export const departmentPath = (
  settings: PathSettings,
  departmentCode: string,
  year: number,
): string => `${orgPath(settings, departmentCode)}${String(year)}/`;
/** One part of its units, where they are too many for one page; `prefix` as in the catalogue. */
export const departmentPartPath = (
  settings: PathSettings,
  { departmentCode, year, prefix }: { departmentCode: string; year: number; prefix: string },
): string =>
  `${departmentPath(settings, departmentCode, year)}${prefix.slice(departmentCode.length + 1)}/`;
/** One part of a year's departments, where they are too many for the year's page. */
export const departmentListPath = (settings: PathSettings, year: number, prefix: string): string =>
  `${homePath(settings)}list/${String(year)}/${prefix}/`;
export const aboutPath = (settings: PathSettings): string => `${homePath(settings)}about/`;
export const feedPath = (settings: PathSettings): string => `${homePath(settings)}feed.xml`;
export const siteMapPath = (settings: PathSettings): string => `${homePath(settings)}sitemap.xml`;
export const siteMapPagesPath = (settings: PathSettings): string =>
  `${homePath(settings)}sitemaps/pages.xml`;
export const siteMapPartPath = (settings: PathSettings, year: number, prefix: string): string =>
  `${homePath(settings)}sitemaps/${String(year)}${suffix(prefix)}.xml`;
export const catalogueFilePath = (settings: PathSettings, year: number): string =>
  `${homePath(settings)}catalogue/${String(year)}.json`;
export const cataloguePartPath = (settings: PathSettings, year: number, prefix: string): string =>
  `${homePath(settings)}catalogue/${String(year)}/part${suffix(prefix)}.json`;

/** The part that holds everything has no beginning to be named by. */
const suffix = (prefix: string): string => (prefix === "" ? "" : `-${prefix}`);

import { fact, sum } from "./sources.ts";

const of = (name: string) => fact(`facts.procurement.${name}`);

/** 政府采购 figures; no table holds them. */
export const procurement = {
  goods: of("goods"),
  works: of("works"),
  services: of("services"),
  sme: of("sme"),
  micro: of("micro"),
  smeGoods: of("smeGoods"),
  smeWorks: of("smeWorks"),
  smeServices: of("smeServices"),
  reservedSme: of("reserved.sme"),
  reservedMicro: of("reserved.micro"),
  smeAwarded: of("reserved.smeAwarded"),
  microAwarded: of("reserved.microAwarded"),
  openToSmeAwarded: of("reserved.openToSmeAwarded"),
} as const;

/** 政府采购支出总额 is reckoned, so it cannot differ from its kinds. */
export const procurementTotal = sum(procurement.goods, procurement.works, procurement.services);

/**
 * The one table. Indexes carry keys only: a section save touches none of them, and what an index
 * finds is then read consistently from the table itself.
 *
 * | item       | pk                       | sk                | read by                                  |
 * | ---------- | ------------------------ | ----------------- | ---------------------------------------- |
 * | head       | `360200-2022-137`        | `head`            | id; byTurn, byYear, byOrg, byOutbox      |
 * | event      | `360200-2022-137`        | `event#000000001` | report, in order                         |
 * | thread     | `360200-2022-137`        | `thread#<id>`     | report; id                               |
 * | unsent     | `360200-2022-137`        | `unsent#<subject>` | report; person                          |
 * | look       | `360200-2022-137`        | `look#<subject>`  | report; person                           |
 * | notice     | `360200#notices#<subject>` | `notice#<at>#<occasion>` | person, latest first          |
 * | its book   | `360200#notices#<subject>` | `book`          | person                                   |
 * | org node   | `360200#org`             | `<code>`          | region, by code                          |
 * | its place  | `360200#under#137`       | `<code>`          | nodes under a node, by code              |
 * | year       | `360200#year`            | `2022`            | region, by year                          |
 * | member     | `360200#member`          | `<subject>`       | region; bySubject over regions           |
 * | its nodes  | `360200#at#137001`       | `<subject>`       | people at a node, by subject             |
 * | invitation | `360200#invitation`      | `<id>`            | region, latest first                     |
 * | its clues  | `invited#code:<hash>`    | `<region>#<id>`   | code or address, over regions            |
 * | registry   | `360200#registry`        | `head`            | region; byOutbox, in a shard of its own  |
 * | its tip    | `360200#registry`        | `written`         | region: last event whose records exist    |
 * | its event  | `360200#registry`        | `event#000000001` | region, in order                         |
 * | kept       | `360200#2022#kept#137`   | `<code>`          | reports under a department, by code      |
 * | line       | `360200#2022#lines`      | `<code>`          | departments of a year, by code           |
 * | notes      | `360200#2022#notes#137`  | `<code>`          | latest checks and remarks of those       |
 * | rules      | `360200#2022#rules`      | `<code>`          | rules broken in a department, by code    |
 * | day        | `360200#2022#days`       | `2023-08-01`      | what a year added up to, by day          |
 * | followed   | `360200#registry`        | `followed`        | region: last event its lines follow      |
 * | check      | `360200#registry`        | `check`           | region: how far progress was checked     |
 * | listed     | `360200#registry`        | `listed`          | region: last event in the audit log      |
 * | audit      | `360200#audit#2023-08`   | `<at>#<chain>#<event>` | region, by time                     |
 * | effect     | `<occasion>`             | `effect#<name>`   | occasion                                 |
 * | probe      | `health`                 | `probe`           | nobody: written to see whether it can be |
 *
 * Every key begins with the region (a report's id does, an occasion is named from a report's), or with
 * one code or address of a person whose region is not known yet, so no partition grows with the country;
 * the probe alone is one item for all. The outbox index alone reaches over regions, as the sweep
 * must: it is sparse and spread over shards.
 */
export const tableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  indexes: {
    /** Reports waiting for a queue, by due date; only those somebody must act on. */
    byTurn: { partitionKey: "turnQueue", sortKey: "turnDue", sortType: "S" },
    /** Reports of a region's year, by org code. */
    byYear: { partitionKey: "yearKey", sortKey: "orgCode", sortType: "S" },
    /** Reports of an org node, by year. */
    byOrg: { partitionKey: "orgKey", sortKey: "year", sortType: "N" },
    /** Reports with events not yet relayed, longest waiting first within a shard. */
    byOutbox: { partitionKey: "outboxShard", sortKey: "outboxSince", sortType: "S" },
    /** A person's memberships over the regions. */
    bySubject: { partitionKey: "subject", sortKey: "region", sortType: "S" },
  },
  /** Seconds since 1970 after which DynamoDB forgets an item by itself; notices alone have it. */
  expiry: "expiresAt",
} as const;

export type IndexName = keyof typeof tableDefinition.indexes;

/** The tables of CSV and Parquet, by name alone: the command line offers them without loading what they hold. */
export const TABLE_NAMES = ['connections', 'findings', 'segments', 'udp_flows'] as const;
/** All that there are: groups are written with `--by` alone. */
export type TableName = (typeof TABLE_NAMES)[number] | 'groups';

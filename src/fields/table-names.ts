/** The names of the tables of CSV and Parquet: the command line offers them without loading their columns. */
export const TABLE_NAMES = ['connections', 'findings', 'segments', 'udp_flows'] as const;
/** All that there are: groups are written with `--by` alone. */
export type TableName = (typeof TABLE_NAMES)[number] | 'groups';

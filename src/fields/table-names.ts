/** The tables of CSV and Parquet, by name alone: the command line offers them without loading what they hold. */
export const TABLE_NAMES = ['connections', 'findings', 'segments', 'udp_flows'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

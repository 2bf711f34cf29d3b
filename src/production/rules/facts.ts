/**
 * The months and figures that led to a judgement, in names of their own for each rule: what `texts/` makes words of.
 * Months are `YYYY-MM`, money is CNY, electricity kWh, shares have 1 for all.
 */
export type Facts = Readonly<Record<string, number | string | null | ReadonlyArray<number | string | null>>>;

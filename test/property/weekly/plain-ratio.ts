/** A fraction of whole numbers, never rounded before it is told. */
export class Ratio {
  private constructor(
    readonly over: bigint,
    readonly under: bigint,
  ) {}

  static whole(number: number): Ratio {
    return new Ratio(BigInt(number), 1n);
  }

  /** @returns `null` where there is nothing to divide by */
  static of(over: number, under: number): Ratio | null {
    return under === 0 ? null : new Ratio(BigInt(over), BigInt(under));
  }

  plus(other: Ratio): Ratio {
    return new Ratio(this.over * other.under + other.over * this.under, this.under * other.under);
  }

  minus(other: Ratio): Ratio {
    return this.plus(other.times(-1));
  }

  times(factor: number): Ratio {
    return new Ratio(this.over * BigInt(factor), this.under);
  }

  dividedBy(divisor: number): Ratio {
    return new Ratio(this.over, this.under * BigInt(divisor));
  }

  get isNegative(): boolean {
    return this.over < 0n;
  }

  /** Half up, for what is not negative. */
  rounded(decimals: number): number {
    const scale = 10n ** BigInt(decimals);
    const scaled = (2n * this.over * scale + this.under) / (2n * this.under);
    return Number(scaled) / Number(scale);
  }
}

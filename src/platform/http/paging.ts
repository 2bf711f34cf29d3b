import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AppConfig } from '../config/app-config.js';
import { Refusal } from '../errors/refusal.js';
import { toInteger } from './query-values.js';

export const DEFAULT_LIMIT = 25;
export const MAX_LIMIT = 200;

/** The query parameters that every list takes; the queries of lists extend it. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'Items a page, 1 to 200.',
    example: 25,
    default: DEFAULT_LIMIT,
    minimum: 1,
    maximum: MAX_LIMIT,
    type: 'integer',
  })
  @IsOptional()
  @Transform(toInteger)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit?: number;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before; opaque and signed.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;

  @ApiPropertyOptional({ description: '`exact` adds `total` to the answer.', enum: ['exact'] })
  @IsOptional()
  @IsIn(['exact'])
  count?: 'exact';
}

/** One page of a list, in the order of its keys. */
export interface Page<T> {
  items: T[];
  /** `null` on the last page. */
  nextCursor: string | null;
  /** Only where `?count=exact` asked for it. */
  total?: number;
}

/** The class of a page for the OpenAPI document: `class CasePage extends pageOf(CaseView) {}`. */
export function pageOf<T>(item: Type<T>): Type<Page<T>> {
  class ItemPage implements Page<T> {
    @ApiProperty({ type: item, isArray: true })
    items!: T[];

    @ApiProperty({
      type: String,
      nullable: true,
      description: 'Goes into `cursor` for the next page; `null` on the last.',
    })
    nextCursor!: string | null;

    @ApiPropertyOptional({ description: 'Only with `count=exact`.', example: 42, type: 'integer' })
    total?: number;
  }
  return ItemPage;
}

/** Values of the sort keys of the last item of a page. */
export type Position = ReadonlyArray<string | number | null>;

const MAC_BYTES = 16;

/** Cursors of lists: signed, and good for the list that made them alone. */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor(config: AppConfig) {
    this.key = Buffer.from(hkdfSync('sha256', config.tokenSecret, '', 'shukun list cursor', 32));
  }

  sign(list: string, position: Position): string {
    const content = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.mac(list, content), content]).toString('base64url');
  }

  /** @throws Refusal 400 CURSOR_INVALID for anything that {@link sign} did not make for this list. */
  open(list: string, cursor: string): Array<string | number | null> {
    const bytes = Buffer.from(cursor, 'base64url');
    const [mac, content] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
    // Base64 has several spellings of the same bytes; only the one we wrote is taken.
    const isOurs = bytes.length > MAC_BYTES && bytes.toString('base64url') === cursor;
    if (!isOurs || !timingSafeEqual(mac, this.mac(list, content))) {
      throw new Refusal(400, 'CURSOR_INVALID', {}, [{ pointer: '?cursor', code: 'CURSOR_INVALID' }]);
    }
    const position: Array<string | number | null> = JSON.parse(content.toString());
    return position;
  }

  /**
   * The page made of up to `limit + 1` rows: the row too many shows that there is a next page, whose cursor holds the
   * position of the last item given.
   */
  page<Row, T>(
    list: string,
    rows: readonly Row[],
    limit: number,
    view: (row: Row) => T,
    positionOf: (row: Row) => Position,
  ): Page<T> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { items: shown.map(view), nextCursor: hasMore ? this.sign(list, positionOf(last)) : null };
  }

  private mac(list: string, content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${list}\0`).update(content).digest().subarray(0, MAC_BYTES);
  }
}

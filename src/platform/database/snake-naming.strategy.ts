import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

const snake = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

/** Columns in snake_case, so that SQL written by hand needs no quotes. */
export class SnakeNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, customName ?? propertyName].join('_'));
  }
  override joinColumnName(relationName: string, referencedColumnName: string): string {
    return snake(`${relationName}_${referencedColumnName}`);
  }
  override foreignKeyName(tableOrName: { name: string } | string, columnNames: string[]): string {
    const table = typeof tableOrName === 'string' ? tableOrName : tableOrName.name;
    return `${table.replace(/^public\./, '')}_${columnNames.join('_')}_fkey`;
  }
  override primaryKeyName(tableOrName: { name: string } | string): string {
    const table = typeof tableOrName === 'string' ? tableOrName : tableOrName.name;
    return `${table.replace(/^public\./, '')}_pkey`;
  }
  override uniqueConstraintName(tableOrName: { name: string } | string, columnNames: string[]): string {
    const table = typeof tableOrName === 'string' ? tableOrName : tableOrName.name;
    return `${table.replace(/^public\./, '')}_${columnNames.map(snake).join('_')}_key`;
  }
}

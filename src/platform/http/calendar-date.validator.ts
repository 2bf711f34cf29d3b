import { registerDecorator, type ValidationOptions } from 'class-validator';

export const isCalendarDate = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^(19|20)\d{2}-\d{2}-\d{2}$/.test(value)) return false;
  const midnight = new Date(`${value}T00:00:00Z`);
  // The engine reads 30 February as 2 March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
};

function rule(name: string, message: string, validate: (value: unknown) => boolean) {
  return (options?: ValidationOptions): PropertyDecorator =>
    (target, property) => {
      const validator = { validate, defaultMessage: () => `$property ${message}` };
      registerDecorator({
        name,
        target: target.constructor,
        propertyName: String(property),
        options,
        validator,
      });
    };
}

/** A real day as `YYYY-MM-DD`, between 1900 and 2099. */
export const IsCalendarDate = rule('isCalendarDate', 'must be a real date as YYYY-MM-DD', isCalendarDate);

/** A month as `YYYY-MM`, between 1900 and 2099. */
export const IsMonth = rule('isMonth', 'must be a month as YYYY-MM', (value) =>
  isCalendarDate(`${String(value)}-01`),
);

import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import type { Role } from '../role.js';

/** Whose accounts must have a second factor. */
@Injectable()
export class SecondFactorPolicy {
  private readonly roles: ReadonlySet<Role>;

  constructor({ secondFactorRoles }: AppConfig) {
    this.roles = new Set<Role>(secondFactorRoles);
  }

  isDemandedOf(role: Role | null): boolean {
    return role !== null && this.roles.has(role);
  }
}

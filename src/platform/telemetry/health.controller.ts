import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/public-route.js';
import { metrics } from './metrics.js';
import { type Readiness, ReadinessProbe } from './readiness.js';

@Public()
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly probe: ReadinessProbe) {}

  /** The process answers; says nothing about what it needs. */
  @Get('health/live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.probe.read();
    if (readiness.status === 'unavailable') void reply.status(503).header('Retry-After', 5);
    return readiness;
  }

  /** Prometheus text. */
  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }
}

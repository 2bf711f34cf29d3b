import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { AliyunSmsGateway } from './aliyun-gateway.js';
import type { AskableGateway, SmsGateway } from './sms-gateway.js';
import { HttpSmsGateway } from './sms-http-gateway.js';
import { TencentSmsGateway } from './tencent-gateway.js';

/** The one SMS gateway that the configuration names. */
export class ConfiguredGateways {
  private constructor(
    /** `null`: no SMS leaves. */
    readonly sending: SmsGateway | null,
    /** `null`: it cannot be asked what became of an SMS. */
    readonly askable: AskableGateway | null,
  ) {}

  static of(config: AppConfig, clock: Clock): ConfiguredGateways {
    const { smsVendor, smsSignature, smsGatewayUrl, smsGatewayToken } = config;
    if (smsVendor === null) {
      const gateway = smsGatewayUrl === null ? null : new HttpSmsGateway(smsGatewayUrl, smsGatewayToken);
      return new ConfiguredGateways(gateway, null);
    }
    const gateway =
      smsVendor.provider === 'aliyun'
        ? new AliyunSmsGateway(smsVendor, smsSignature, clock)
        : new TencentSmsGateway(smsVendor, smsSignature, clock);
    return new ConfiguredGateways(gateway, gateway);
  }
}
